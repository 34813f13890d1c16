import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  createLoader,
  planProject,
  readBlueprint,
  renderProject,
  writeManifest,
} from '../../dist/index.js';

/**
 * Takes the schema of a database through the pipe without the command line and without a cache; `options` are those of the
 * source in mcp.yaml. Writes the project to `dir` when one is given. Gives the blueprint and the text of every file by path.
 */
export async function scaffoldDatabase(schema, options = {}, dir = undefined) {
  const manifest = {
    manifestVersion: 1,
    name: 'corpus-server',
    version: '1.0.0',
    sources: { db: { sql: basename(schema), ...options } },
    serve: { transports: ['stdio', 'http'] },
  };
  const blueprint = await readBlueprint(manifest, {
    load: createLoader({ base: dirname(schema) }),
  });
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
