import type { SqlDatabase } from '../../../blueprint/database.js';
import { toolName } from '../../../blueprint/tool-names.js';
import type { JsonSchema } from '../../../blueprint/types.js';
import type { Origin } from '../../../diagnostics/diagnostic.js';
import type { SqlEntry } from '../../manifest/sql-source.js';
import type { DraftTool } from '../../reading.js';
import { limitArgument, objectOf, textOf } from '../tools/argument-schemas.js';
import { RESULTS } from '../tools/row-schemas.js';

const DIALECTS: Record<SqlDatabase['dialect'], { name: string; parameter: string }> = {
  postgres: { name: 'PostgreSQL', parameter: '$1, $2, …' },
  mysql: { name: 'MySQL', parameter: '?' },
  sqlite: { name: 'SQLite', parameter: '?' },
};

const READ = { readOnlyHint: true, openWorldHint: false };

/** The tools that run and explain a SELECT of the caller; none unless mcp.yaml asks for them. */
export function freeQueryTools(
  database: SqlDatabase,
  entry: Pick<SqlEntry, 'query' | 'prefix'>,
  origin: Origin,
): DraftTool[] {
  if (entry.query !== true) return [];
  const { name, parameter } = DIALECTS[database.dialect];
  const { limits, id } = database;
  const sql = {
    ...textOf(`One SELECT in the SQL of ${name}; values can stand in it as ${parameter}`),
    minLength: 1,
    maxLength: 20_000,
  };
  const parameters: JsonSchema = {
    type: 'array',
    items: {},
    maxItems: 100,
    description: `Values for ${parameter}, in their order`,
  };
  const example = { sql: exampleStatement(database) };
  const tool = (draft: Pick<DraftTool, 'title' | 'description' | 'argumentsType'>) => draft;
  const common = { annotations: READ, group: 'tables', example, origin };
  return [
    {
      ...common,
      ...tool({
        title: 'Query',
        description:
          `Runs one SELECT (${name}) on ${id}: joins, subqueries, WITH, aggregates and window functions over the tables that ` +
          `the other tools know, with their visible columns and functions that only compute. At most ${limits.maxRows} rows ` +
          `and ${limits.timeoutMs / 1000} s; nothing is changed.`,
        argumentsType: objectOf({ sql, parameters, limit: limitArgument(database) }, ['sql']),
      }),
      name: toolName({ id: 'query', method: 'sql', path: '' }, entry.prefix),
      resultType: RESULTS.figures(),
      binding: { kind: 'sql', source: id, action: 'query' },
    },
    {
      ...common,
      ...tool({
        title: 'Explain a query',
        description: `The plan by which ${name} would run a SELECT on ${id}, without running it.`,
        argumentsType: objectOf({ sql, parameters }, ['sql']),
      }),
      name: toolName({ id: 'explain_query', method: 'sql', path: '' }, entry.prefix),
      resultType: {
        type: 'object',
        properties: { plan: { type: 'string' } },
        required: ['plan'],
      },
      binding: { kind: 'sql', source: id, action: 'explain' },
    },
  ];
}

/** For the tests of the project, which run on an embedded database: backticks are understood by SQLite as well. */
function exampleStatement({ tables, dialect }: SqlDatabase): string {
  const [table] = Object.values(tables);
  if (table === undefined) return 'SELECT 1 AS n';
  const quote = dialect === 'mysql' ? '`' : '"';
  const quoted = (name: string) => quote + name.replaceAll(quote, quote + quote) + quote;
  const path = [table.schema, table.name].flatMap((part) =>
    part === undefined ? [] : quoted(part),
  );
  return `SELECT COUNT(*) AS n FROM ${(dialect === 'postgres' ? path : path.slice(-1)).join('.')}`;
}
