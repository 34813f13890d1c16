import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

const TEMPLATES = new URL('../../templates/', import.meta.url);

/** `from './x.js'` and `import('./x.js')`: the runtime is our own code, printed by one formatter. */
const IMPORT = /(?:\bfrom|\bimport\()\s*'(\.[^']+)\.js'/g;

let graph: Map<string, string[]> | undefined;

/**
 * The files of the runtime that are reached by imports from `roots`, themselves among them; paths below `templates/`, sorted.
 * What a project does not use is not copied into it.
 */
export function runtimeFiles(roots: readonly string[]): string[] {
  graph ??= readGraph();
  const reached = new Set<string>();
  const open = [...roots];
  while (open.length > 0) {
    const file = open.pop()!;
    if (reached.has(file)) continue;
    reached.add(file);
    open.push(...(graph.get(file) ?? []));
  }
  return [...reached].filter((file) => file.startsWith('src/runtime/')).sort();
}

function readGraph(): Map<string, string[]> {
  const files = ['src/', 'test/'].flatMap((folder) =>
    readdirSync(new URL(folder, TEMPLATES), { recursive: true, encoding: 'utf8' })
      .map((file) => folder + file.replaceAll('\\', '/'))
      .filter((file) => file.endsWith('.ts')),
  );
  return new Map(
    files.map((file) => {
      const text = readFileSync(new URL(file, TEMPLATES), 'utf8');
      const found = [...text.matchAll(IMPORT)].map(([, path]) => `${path!}.ts`);
      return [file, found.map((path) => posix.join(posix.dirname(file), path))];
    }),
  );
}
