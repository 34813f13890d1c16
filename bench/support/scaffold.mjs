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
 * Takes a document through the pipe without the command line and without a cache. Writes the project to `dir` when one is given.
 * Gives the number of tools, of skipped operations, and the text of every file by path.
 */
export async function scaffold(document, dir) {
  const load = createLoader({ base: dirname(document) });
  const manifest = {
    manifestVersion: 1,
    name: 'corpus-server',
    version: '1.0.0',
    sources: { api: { openapi: basename(document), baseUrl: 'http://127.0.0.1:9' } },
    serve: { transports: ['stdio', 'http'] },
  };
  const blueprint = await readBlueprint(manifest, { load });
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
  return {
    tools: blueprint.tools.length,
    skipped: blueprint.skipped.length,
    files: Object.fromEntries(files.map(({ path, text }) => [path, text])),
  };
}
