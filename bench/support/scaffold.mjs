import { basename, dirname } from 'node:path';
import { makeProject } from './make-project.mjs';

/** The project of an OpenAPI document, as `makeProject` does it; with the number of tools and of skipped operations. */
export async function scaffold(document, dir) {
  const api = { openapi: basename(document), baseUrl: 'http://127.0.0.1:9' };
  const { blueprint, files } = await makeProject(dirname(document), { api }, dir);
  return { tools: blueprint.tools.length, skipped: blueprint.skipped.length, files };
}
