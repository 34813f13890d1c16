import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  createLoader,
  planProject,
  readBlueprint,
  renderProject,
  writeManifest,
} from '../../dist/index.js';

/**
 * Takes an input in `base` through the pipe without the command line and without a cache; `sources` are those of mcp.yaml. Writes
 * the project to `dir` when one is given. Gives the blueprint and the text of every file by path.
 */
export async function makeProject(base, sources, dir) {
  const manifest = {
    manifestVersion: 1,
    name: 'corpus-server',
    version: '1.0.0',
    sources,
    serve: { transports: ['stdio', 'http'] },
  };
  const blueprint = await readBlueprint(manifest, { load: createLoader({ base }) });
  const plan = planProject(blueprint, {
    manifestText: writeManifest(manifest),
    specs: [],
    generatorVersion: '0.0.0',
  });
  const files = await renderProject(plan, {});
  for (const { path, text } of dir === undefined ? [] : files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return { blueprint, files: Object.fromEntries(files.map(({ path, text }) => [path, text])) };
}
