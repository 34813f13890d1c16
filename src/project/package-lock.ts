import {
  templateLock,
  type Dependencies,
  type LockedPackage,
  type PackageLock,
} from './dependencies.js';

/**
 * The package-lock.json of a project with these dependencies: the part of the templates' lock that they reach, as npm would
 * write it. Lockfile version 3: https://docs.npmjs.com/cli/configuring-npm/package-lock-json
 */
export function packageLock(
  root: { name: string; version: string; bin: string; engines: object },
  { dependencies, devDependencies }: Dependencies,
): PackageLock {
  const { packages } = templateLock();
  const atRunTime = reachedFrom(Object.keys(dependencies), packages);
  const all = reachedFrom(
    [...Object.keys(dependencies), ...Object.keys(devDependencies)],
    packages,
  );
  const { name, version, bin, engines } = root;
  return {
    name,
    version,
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name, version, dependencies, bin: { [bin]: 'dist/main.js' }, devDependencies, engines },
      ...Object.fromEntries(
        [...all]
          .sort()
          .map((path) => [path, marked(packages[path]!, atRunTime.has(path))] as const),
      ),
    },
  };
}

/** What only development needs is marked, so that `npm ci --omit=dev` leaves it out. */
function marked(entry: LockedPackage, isAtRunTime: boolean): LockedPackage {
  const { version, resolved: _, integrity, dev: __, devOptional: ___, ...rest } = entry;
  return { version, integrity, ...(!isAtRunTime && { dev: true }), ...rest };
}

/** Places of the packages that are reached, optional ones and peers too. */
function reachedFrom(
  names: readonly string[],
  packages: Record<string, LockedPackage>,
): Set<string> {
  const reached = new Set<string>();
  const open = names.map((name) => placeOf(name, '', packages));
  while (open.length > 0) {
    const place = open.pop();
    if (place === undefined || reached.has(place)) continue;
    reached.add(place);
    const entry = packages[place]!;
    const wanted = [
      ...Object.keys(entry.dependencies ?? {}),
      ...Object.keys(entry.optionalDependencies ?? {}),
      ...Object.keys(entry.peerDependencies ?? {}).filter(
        (name) => entry.peerDependenciesMeta?.[name]?.optional !== true,
      ),
    ];
    open.push(...wanted.map((name) => placeOf(name, place, packages)));
  }
  return reached;
}

/** Where Node finds a package from another one: in its own node_modules, or in those above. */
function placeOf(
  name: string,
  from: string,
  packages: Record<string, LockedPackage>,
): string | undefined {
  for (let folder = from; ;) {
    const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (Object.hasOwn(packages, place)) return place;
    if (folder === '') return undefined;
    const above = folder.lastIndexOf('/node_modules/');
    folder = above < 0 ? '' : folder.slice(0, above);
  }
}
