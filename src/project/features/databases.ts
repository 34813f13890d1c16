import type { SqlDatabase, SqlSource, SqlTable, SqlTableRights } from '../../blueprint/database.js';
import type { Feature } from '../context.js';
import type { FileSpec } from '../file-spec.js';
import { constantNamer, fileNamer } from '../names.js';
import { ownKey } from '../own-keys.js';
import { embeddedDriver } from '../sql-drivers.js';

/** Up to this many tables share one file. */
const MAX_TABLES_PER_FILE = 20;

/** Databases with what callers see of them, the made-up rows that tests run on, and a role with no more rights than needed. */
export const databases: Feature = ({ blueprint }) => {
  const sources = blueprint.sources.filter((source) => source.kind === 'sql');
  if (sources.length === 0) return [];
  const files = tableFiles(sources);
  return [
    {
      path: 'src/generated/databases.ts',
      owner: 'managed',
      template: 'src/generated/databases.ts.hbs',
      view: {
        imports: files
          .map(({ module, constant }) => ({ names: [constant], from: `./tables/${module}.js` }))
          .sort((a, b) => (a.from < b.from ? -1 : 1)),
        databases: sources.map(({ id, database }) => ({
          key: ownKey(id),
          facts: factsOf(database),
          tables: files.filter((file) => file.source === id).map(({ constant }) => constant),
        })),
      },
    },
    ...files.map(({ module, constant, tables }): FileSpec => ({
      path: `src/generated/tables/${module}.ts`,
      owner: 'managed',
      template: 'src/generated/tables.ts.hbs',
      view: { constant, tables },
    })),
    {
      path: 'src/generated/samples.ts',
      owner: 'managed',
      template: 'src/generated/samples.ts.hbs',
      view: {
        samples: Object.fromEntries(
          sources.map(({ id, sample, database }) => [
            ownKey(id),
            { driver: embeddedDriver(database.dialect), statements: sample?.statements ?? [] },
          ]),
        ),
      },
    },
    { path: 'src/seed.ts', owner: 'managed', copy: 'src/seed.ts' },
    ...sources.filter(({ database }) => database.dialect !== 'sqlite').map(grants),
  ];
};

type TableFile = {
  source: string;
  module: string;
  constant: string;
  tables: Record<string, SqlTable>;
};

/** Tables by first letter where there are many: a new one moves few of the others. */
function tableFiles(sources: readonly SqlSource[]): TableFile[] {
  const fileName = fileNamer();
  const constantName = constantNamer();
  return sources.flatMap(({ id, database }) => {
    const all = Object.entries(database.tables);
    const groups = new Map<string, [string, SqlTable][]>();
    for (const [name, table] of all) {
      const letter = /[a-z0-9]/i.exec(name)?.[0].toLowerCase() ?? 'other';
      const key = all.length <= MAX_TABLES_PER_FILE ? '' : letter;
      groups.set(key, [...(groups.get(key) ?? []), [name, table]]);
    }
    return [...groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, tables]) => ({
        source: id,
        module: fileName(key === '' ? id : `${id} ${key}`),
        constant: constantName(`${id} ${key} tables`),
        tables: Object.fromEntries(tables.map(([name, table]) => [ownKey(name), table])),
      }));
  });
}

function factsOf({ tables: _, ...facts }: SqlDatabase): object {
  return facts;
}

/** Line breaks, and what makes a text look like another one. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

const VERBS = { create: 'INSERT', update: 'UPDATE', delete: 'DELETE' } as const;

function grants({ id, database, rights }: SqlSource): FileSpec {
  const isPostgres = database.dialect === 'postgres';
  // MySQL has no escapes in names.
  const canBeWritten = ({ name, select = [] }: SqlTableRights) =>
    isPostgres || ![...name, ...select].some((part) => UNSEEN.test(part));
  // To read nothing of a table there is no right.
  const isClosed = ({ select }: SqlTableRights) => select?.length === 0;
  const writable = rights.filter(canBeWritten);
  const granted = writable.filter((table) => !isClosed(table) || table.writes.length > 0);
  const tables = granted.map(({ name, select, writes }) => ({
    name,
    ...(select?.length && { select }),
    rights: [...(select ? [] : ['SELECT']), ...writes.map((kind) => VERBS[kind])].join(', '),
  }));
  const sequences = rights.flatMap((table) => table.sequences ?? []);
  const schemas = [...rights.map(({ name }) => name), ...sequences].flatMap((name) =>
    name.length > 1 ? name.slice(0, 1) : [],
  );
  return {
    path: `grants/${id}.sql`,
    owner: 'managed',
    template: isPostgres ? 'grants/postgres.sql.hbs' : 'grants/mysql.sql.hbs',
    view: {
      role: roleOf(id),
      schemas: [...new Set(schemas)].sort(),
      tables,
      sequences,
      closed: writable.filter(isClosed).map(({ name }) => name),
      omitted: writable.length < rights.length,
    },
  };
}

/** PostgreSQL makes no role whose name begins with pg_. */
function roleOf(id: string): string {
  const name = id.replaceAll('-', '_');
  return /^pg(?:_|$)/.test(name) ? `mcp_${name}` : `${name}_mcp`;
}
