import type { SqlSession } from '../../driver.js';

const MEND = 'Create the account of grants/ and use it in the address';

/** Rights that a server of these tables need not have, wherever they hold. */
const DANGEROUS =
  /^(?:ALL PRIVILEGES|SUPER|FILE|PROCESS|SHUTDOWN|RELOAD|CREATE USER|CREATE|DROP|ALTER|INDEX|REFERENCES|TRIGGER|EVENT|EXECUTE|CREATE (?:VIEW|ROUTINE|TABLESPACE|ROLE|TEMPORARY TABLES)|ALTER ROUTINE|DROP ROLE|LOCK TABLES|REPLICATION .*|BINLOG .*|CONNECTION ADMIN|SET USER|FEDERATED ADMIN|READ_ONLY ADMIN|SYSTEM_.*|DELETE HISTORY|[A-Z]+_[A-Z_]+)$/;
const WRITES = /^(?:INSERT|UPDATE|DELETE)$/;

/**
 * What the account may do that it need not, each a sentence, as SHOW GRANTS has it: the account is the boundary, because a
 * transaction that only reads stops neither DDL nor files. `tables` are named `schema.table` or `table`.
 */
export async function inspectRights(
  session: SqlSession,
  { writes, tables }: { writes: boolean; tables: string[] },
): Promise<string[]> {
  const { rows } = await session.run({ text: 'SHOW GRANTS', values: [] });
  return rows.flatMap((row) => {
    const grant = readGrant(String(row[0]));
    if (!grant) return [];
    const exposed = tables.some((table) => table === grant.object || table === grant.table);
    const named = writes && exposed;
    const needless = grant.rights.filter(
      (right) => DANGEROUS.test(right) || (WRITES.test(right) && !named),
    );
    if (grant.mayGrant) needless.push('GRANT OPTION');
    if (needless.length === 0) return [];
    const what = needless.join(', ');
    return [
      `The database account has ${what} on ${grant.object}, which this server does not need. ${MEND}.`,
    ];
  });
}

type Grant = { rights: string[]; object: string; table: string; mayGrant: boolean };

/** `GRANT SELECT, INSERT (a, b) ON `db`.`table` TO …`; a grant of a role has no ON. */
function readGrant(text: string): Grant | undefined {
  const match =
    /^GRANT (.+?) ON (?:TABLE |PROCEDURE |FUNCTION )?((?:`(?:[^`]|``)*`|\*)\.(?:`(?:[^`]|``)*`|\*)) TO (.*)$/s.exec(
      text,
    );
  if (!match) return undefined;
  const [, list = '', quoted = '', rest = ''] = match;
  const rights = list
    .replace(/\([^)]*\)/g, '')
    .split(',')
    .map((right) => right.trim().toUpperCase())
    .filter((right) => right !== '' && right !== 'USAGE');
  const [schema = '', table = ''] = quoted.split('.').map((part) => part.replace(/^`|`$/g, ''));
  return { rights, object: `${schema}.${table}`, table, mayGrant: /WITH GRANT OPTION/.test(rest) };
}
