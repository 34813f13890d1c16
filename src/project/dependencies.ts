import type { Blueprint } from '../blueprint/types.js';
import { dialectsOf, type Copied } from './copied.js';
import { embeddedOnly } from './sql-drivers.js';
import { readTemplate } from './templates.js';

/** An entry of `packages` in package-lock.json (lockfileVersion 3). */
export type LockedPackage = {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
  [field: string]: unknown;
};

/** The versions of all packages that any emitted project depends on, and what those depend on. */
export type PackageLock = { packages: Record<string, LockedPackage>; [field: string]: unknown };

/** Packages by name with their exact version, sorted. */
export type Dependencies = {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

/** What every project is built and tested with. */
const TOOLS = ['@modelcontextprotocol/client', '@types/node', 'typescript'];

/** Types that a package does not bring along. */
const TYPES: Record<string, string> = { pg: '@types/pg' };

let lock: PackageLock | undefined;

export function templateLock(): PackageLock {
  return (lock ??= JSON.parse(readTemplate('package-lock.json')) as PackageLock);
}

/** What the files of the project import: at run time, or to build and test it. */
export function dependenciesOf(
  blueprint: Blueprint,
  { packages }: Pick<Copied, 'packages'>,
): Dependencies {
  const onlyTested = embeddedOnly(dialectsOf(blueprint));
  const runtime = packages.filter((name) => !onlyTested.includes(name));
  const types = runtime.flatMap((name) => TYPES[name] ?? []);
  const tested = packages.filter((name) => onlyTested.includes(name));
  return {
    dependencies: withVersions(runtime),
    // What is needed at run time is there for tests too.
    devDependencies: withVersions(
      [...TOOLS, ...types, ...tested].filter((name) => !runtime.includes(name)),
    ),
  };
}

/** Throws for a package that the lock of the templates does not know: it has to be made anew. */
function withVersions(names: readonly string[]): Record<string, string> {
  const { packages } = templateLock();
  const root = packages[''] ?? {};
  const known = { ...root.dependencies, ...root.devDependencies };
  return Object.fromEntries(
    [...names].sort().map((name) => {
      const version = known[name];
      if (version === undefined) throw new Error(`no version of ${name} is pinned`);
      return [name, version];
    }),
  );
}
