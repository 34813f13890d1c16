import { posix } from 'node:path';
import { hasTemplate, readTemplate } from './templates.js';

/** `from './x.js'`, `import('./x.js')` and `new URL('./x.js', …)`, of files and of packages: our own code, printed by one formatter. */
const IMPORT = /(?:\bfrom|\bimport\(|\bnew URL\()\s*'((?:\.|[@a-z])[^'\s]*)'/g;

const SCRIPT = /\.m?[tj]s$/;

type File = { imports: string[]; packages: string[] };

const known = new Map<string, File>();

/** Files of the runtime, and packages, that are reached by imports. */
export type Reached = { files: string[]; packages: string[] };

/**
 * The files that are reached by imports from `roots`, themselves among them, and the packages that they import; paths below
 * `templates/`, sorted. What a project does not use is not copied into it. `generated` are written for each project: what
 * stands in the file of that name here is not followed.
 */
export function reachedFrom(roots: readonly string[], generated: readonly string[] = []): Reached {
  const reached = new Set<string>();
  const packages = new Set<string>();
  const open = [...roots];
  while (open.length > 0) {
    const name = open.pop()!;
    if (reached.has(name) || generated.includes(name)) continue;
    reached.add(name);
    const file = importsOf(name);
    open.push(...file.imports);
    for (const found of file.packages) packages.add(found);
  }
  const files = [...reached].filter((name) => name.startsWith('src/runtime/')).sort();
  return { files, packages: [...packages].sort() };
}

/** Rendered files have none of their name here, and import nothing that the others do not; a folder imports nothing. */
function importsOf(file: string): File {
  let found = known.get(file);
  if (found === undefined) {
    found =
      SCRIPT.test(file) && hasTemplate(file) ? readImports(file) : { imports: [], packages: [] };
    known.set(file, found);
  }
  return found;
}

function readImports(file: string): File {
  const text = readTemplate(file);
  const found = [...text.matchAll(IMPORT)].map(([, path]) => path!);
  const local = found.filter((path) => path.startsWith('.'));
  return {
    imports: local.map((path) =>
      posix.join(posix.dirname(file), path.replace(/\.(m?)js$/, '.$1ts')),
    ),
    packages: found.filter((path) => !/^(?:\.|node:)/.test(path)).map(packageOf),
  };
}

/** `@scope/name/part` → `@scope/name`. */
function packageOf(path: string): string {
  return path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');
}
