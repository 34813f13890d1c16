import type { SqlSession } from '../../driver.js';

/** One row of flags of the account, and one row per relation that it could change or owns. */
const ACCOUNT = `
  SELECT current_user::text, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb, r.rolreplication,
         ARRAY(SELECT p.rolname::text FROM pg_catalog.pg_roles p
                WHERE p.rolname IN ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program',
                                    'pg_read_all_data', 'pg_write_all_data', 'pg_signal_backend', 'pg_checkpoint')
                  AND pg_catalog.pg_has_role(current_user, p.oid, 'MEMBER')),
         pg_catalog.has_database_privilege(current_user, pg_catalog.current_database(), 'CREATE')
    FROM pg_catalog.pg_roles r WHERE r.rolname = current_user`;

const TABLES = `
  SELECT pg_catalog.format('%s.%s', n.nspname, c.relname),
         pg_catalog.pg_has_role(current_user, c.relowner, 'MEMBER'),
         c.relrowsecurity AND NOT c.relforcerowsecurity,
         pg_catalog.has_table_privilege(current_user, c.oid, 'INSERT')
           OR pg_catalog.has_any_column_privilege(current_user, c.oid, 'INSERT'),
         pg_catalog.has_table_privilege(current_user, c.oid, 'UPDATE')
           OR pg_catalog.has_any_column_privilege(current_user, c.oid, 'UPDATE'),
         pg_catalog.has_table_privilege(current_user, c.oid, 'DELETE'),
         pg_catalog.has_table_privilege(current_user, c.oid, 'TRUNCATE')
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
     AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
   ORDER BY 1`;

const FLAGS = ['', 'superuser', 'BYPASSRLS', 'CREATEROLE', 'CREATEDB', 'REPLICATION'];
const CHANGES = ['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'];
const NAMED = 5;
const MEND = 'Create the role of grants/ and use it in the address';

/**
 * What the account may do that a server of these tables need not, each a sentence. A superuser passes every check, so
 * nothing else is said of one. `tables` are named `schema.table` or `table`.
 */
export async function inspectRights(
  session: SqlSession,
  { writes, tables }: { writes: boolean; tables: string[] },
): Promise<string[]> {
  const account = (await session.run({ text: ACCOUNT, values: [] })).rows[0] ?? [];
  const user = String(account[0]);
  if (account[1] === true) {
    return [`The database account ${user} is a superuser: it may do everything. ${MEND}.`];
  }
  const flags = FLAGS.filter((_, i) => i > 1 && account[i] === true);
  const roles = Array.isArray(account[6]) ? account[6].map(String) : [];
  if (account[7] === true) flags.push('CREATE on the database');
  const found = [...flags, ...roles].map(
    (right) =>
      `The database account ${user} has ${right}, which this server does not need. ${MEND}.`,
  );

  const exposed = (name: string): boolean =>
    tables.some((table) => name === table || name.slice(name.indexOf('.') + 1) === table);
  const relations = (await session.run({ text: TABLES, values: [] })).rows.map((row) => ({
    name: String(row[0]),
    owned: row[1] === true,
    escapesPolicies: row[1] === true && row[2] === true,
    changes: CHANGES.filter((_, i) => row[i + 3] === true),
  }));
  const say = (names: string[], what: string): void => {
    if (names.length === 0) return;
    const listed = names.slice(0, NAMED).join(', ');
    const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
    found.push(`The database account ${user} ${what}: ${listed}${more}. ${MEND}.`);
  };
  const names = (of: typeof relations): string[] => of.map(({ name }) => name);
  const owned = relations.filter(({ owned }) => owned);
  say(names(owned), 'owns tables, so it may alter and drop them');
  say(
    names(relations.filter(({ escapesPolicies }) => escapesPolicies)),
    'owns tables with row-level security, which does not hold for their owner',
  );
  const changed = relations.filter(({ owned, changes }) => !owned && changes.length > 0);
  say(
    names(changed.filter(({ name }) => !writes || !exposed(name))),
    writes
      ? 'may change tables that no tool changes'
      : 'may change tables though this server only reads',
  );
  return found;
}
