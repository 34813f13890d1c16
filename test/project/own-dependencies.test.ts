import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url);

type Package = { dependencies: Record<string, string>; devDependencies: Record<string, string> };

const { dependencies, devDependencies } = JSON.parse(
  readFileSync(new URL('package.json', ROOT), 'utf8'),
) as Package;

function importedPackages(folder: string): Set<string> {
  const base = new URL(folder, ROOT);
  const files = readdirSync(base, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.m?[jt]s$/.test(file),
  );
  const names = files.flatMap((file) =>
    [
      ...readFileSync(new URL(file, base), 'utf8').matchAll(
        /(?:\bfrom|\bimport\(|^import)\s*'([@a-z][\w@./-]*)'/gm,
      ),
    ].map(([, path]) => path!),
  );
  const packages = names
    .filter((name) => !name.startsWith('node:'))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  return new Set(packages);
}

it('everything that the published package imports is installed with it', () => {
  const missing = [...importedPackages('src/')].filter((name) => !(name in dependencies));
  expect(missing).toEqual([]);
});

it('versions are exact', () => {
  const versions = Object.values({ ...dependencies, ...devDependencies });
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  expect(versions.length).toBeGreaterThan(20);
});

it('zod is of one version here and in every emitted project', () => {
  const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
  const locked = (path: string) =>
    (JSON.parse(read(path)) as { packages: Record<string, { version: string }> }).packages[
      'node_modules/zod'
    ]?.version;
  const [, overridden] = /OVERRIDES = \{ zod: '([^']+)' \}/.exec(
    read('bench/update-template-lock.mjs'),
  ) ?? [undefined];
  const { zod } = dependencies;
  expect(zod).toMatch(/^\d+\.\d+\.\d+$/);
  expect([locked('package-lock.json'), locked('templates/package-lock.json'), overridden]).toEqual([
    zod,
    zod,
    zod,
  ]);
});
