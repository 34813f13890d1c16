import type { SqlSource } from '../../../src/blueprint/database.js';
import type { Blueprint } from '../../../src/blueprint/types.js';
import type { SqlEntry } from '../../../src/sources/manifest/sql-source.js';
import { createLoader } from '../../../src/sources/read/loader.js';
import { readBlueprint } from '../../../src/sources/read-blueprint.js';
import { newFolder } from '../../support/new-folder.js';

export type DatabaseBlueprint = Omit<Blueprint, 'sources'> & { sources: SqlSource[] };

/** Reads a schema that is given as text, the only source of a server, named `db`; `entry` is what mcp.yaml says of it. */
export async function readSchemaText(
  text: string,
  entry: Partial<SqlEntry> & Pick<SqlEntry, 'dialect'>,
  file = 'schema.sql',
): Promise<DatabaseBlueprint> {
  const load = createLoader({
    base: newFolder(),
    known: new Map([[file, { file, text }]]),
  });
  const blueprint = await readBlueprint(
    {
      manifestVersion: 1,
      name: 'test',
      version: '1.0.0',
      sources: { db: { sql: file, ...entry } },
      serve: { transports: ['stdio'] },
    },
    { load },
  );
  return blueprint as DatabaseBlueprint;
}
