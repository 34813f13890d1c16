import { basename, dirname } from 'node:path';
import { makeProject } from './make-project.mjs';

/** The project of the schema of a database, as `makeProject` does it; `options` are those of the source in mcp.yaml. */
export function scaffoldDatabase(schema, options = {}, dir = undefined) {
  const db = { sql: basename(schema), ...options };
  return makeProject(dirname(schema), { db }, dir);
}
