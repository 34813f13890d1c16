import type { SqlSource } from '../../blueprint/database.js';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError, type Origin } from '../../diagnostics/diagnostic.js';
import type { SqlEntry } from '../manifest/sql-source.js';
import type { Loader } from '../read/loader.js';
import type { SourceReading } from '../reading.js';
import { exposeDatabase, type Exposure } from './expose/expose.js';
import { rightsOf } from './expose/rights.js';
import { databaseSettings } from './expose/settings.js';
import type { DatabaseReading } from './model.js';
import { freeQueryTools } from './queries/free-query-tools.js';
import { queryTools } from './queries/query-tools.js';
import { readSchema } from './read-schema.js';
import { exampleCalls } from './sample/examples.js';
import { sampleInserts } from './sample/sample-inserts.js';
import { sampleLinks } from './sample/sample-links.js';
import { sampleRows } from './sample/sample-rows.js';
import { sampleStatements } from './sample/sample-statements.js';
import { buildTools } from './tools/build-tools.js';

/** `variable` holds the address where mcp.yaml names none. */
export type SqlOptions = { id: string; variable: string } & SqlEntry;

/** Where queries are written. */
const MANIFEST = 'mcp.yaml';

export type SqlReadOptions = {
  load: Loader;
  onProgress?: (phase: string) => void;
};

/** Reads the schema of a database into tools. Throws an InputError only when nothing of it can be used. */
export async function readSql(
  options: SqlOptions,
  { load, onProgress }: SqlReadOptions,
): Promise<SourceReading> {
  const { id, variable, ...entry } = options;
  const reading = await readSchema(entry, load, onProgress);
  const { exposure, ...made } = makeReading({ id, variable, entry }, reading);
  const { source, tools } = made;
  const written = await queryTools({
    database: source.database,
    entry,
    sample: source.sample,
    functions: reading.model.functions,
    taken: tools.map(({ name }) => name),
    file: MANIFEST,
  });
  const { database, models } = exposure;
  return {
    ...made,
    source: { ...source, rights: rightsOf(database, models, reading.model, written.changes) },
    tools: [...tools, ...written.tools],
    findings: [...made.findings, ...written.findings],
  };
}

/** What tools a schema gives; nothing is read. */
function makeReading(
  { id, variable, entry }: { id: string; variable: string; entry: SqlEntry },
  reading: DatabaseReading,
): SourceReading & { source: SqlSource; exposure: Exposure } {
  const { model, skipped, findings } = reading;
  const origin: Origin = { file: shownName(entry.sql, model), path: [] };
  if (model.tables.length === 0) {
    const lost = skipped.map(({ what, reason, origin: at }) =>
      diagnostic('MCP801', { statement: what, reason }, at ? { origin: at } : {}),
    );
    const why = [...lost, ...findings].slice(0, 10);
    throw new InputError([diagnostic('MCP802', { source: entry.sql }), ...why]);
  }
  const exposure = exposeDatabase(id, model, entry, variable);
  const { database, models } = exposure;
  const links = sampleLinks(database, models);
  const { tables, spare } = sampleRows(database, models, links);
  const examples = exampleCalls(database, { tables, spare, links });
  const { tools, schemas, profile, costs } = buildTools({ exposure, entry, origin, examples });
  const source: SqlSource = {
    kind: 'sql',
    id,
    title: id,
    database,
    schemas,
    settings: databaseSettings(database),
    profile: { name: profile, costs },
    sample: {
      dialect: database.dialect === 'postgres' ? 'postgres' : 'sqlite',
      statements: [
        ...sampleStatements(database, model, models, links),
        ...sampleInserts(database, tables),
      ],
    },
    rights: rightsOf(database, models, model),
    origin,
  };
  return {
    source,
    exposure,
    tools: [...tools, ...freeQueryTools(database, entry, origin)],
    skipped,
    findings: [...findings, ...exposure.findings],
    title: undefined,
    description: undefined,
  };
}

/** The file or folder as its tables name it: from the working directory, which need not be the project. */
function shownName(sql: string, { tables }: DatabaseReading['model']): string {
  const file = tables[0]?.origin.file ?? sql;
  const at = file.indexOf(sql);
  return at < 0 ? sql : file.slice(0, at + sql.length);
}
