import type { Access } from '../auth/access.js';
import { createRedactor } from '../http/redact.js';
import { describeError, log } from '../log.js';
import type { Environment } from '../settings/settings.js';
import { readAddress, secretsOf, type Address } from './addresses.js';
import { readClaims, type SqlClaims } from './claims.js';
import type { SqlDatabase } from './database.js';
import { SqlFailure, type SqlDriver } from './driver.js';

/** The databases behind the tools: where they are, and what is open. */
export type SqlConnections = {
  database: (source: string) => SqlDatabase | undefined;
  /** Why the database cannot be used, each a sentence that names the variable to set; empty when it can. */
  problems: (source: string) => string[];
  /** The driver, opened when it is first asked for. Rejects with SqlFailure. */
  driver: (source: string) => Promise<SqlDriver>;
  /** Session settings for row-level security, for the one who calls. Throws UserInputError. */
  claims: (source: string) => Record<string, string> | undefined;
  /** Connects, and warns in the log of rights that the accounts need not have. */
  check: () => Promise<void>;
  redact: (text: string) => string;
  close: () => Promise<void>;
};

type Source = { database: SqlDatabase; address: Address; claims: SqlClaims };

/** Reads addresses and claims once: later changes of the environment have no effect. */
export function createSqlConnections(
  databases: Record<string, SqlDatabase>,
  environment: Environment,
  access?: Access,
): SqlConnections {
  const env = { ...environment };
  const sources = new Map(
    Object.entries(databases).map(([id, database]): [string, Source] => {
      const claims = readClaims(database.claims, env, access);
      return [id, { database, address: readAddress(database, env), claims }];
    }),
  );
  const addresses = [...sources.values()].flatMap(({ address }) =>
    'address' in address ? [address.address] : [],
  );
  const { redact } = createRedactor(addresses.flatMap(secretsOf));
  const open = new Map<string, Promise<SqlDriver>>();
  let isClosed = false;

  const driver = (id: string): Promise<SqlDriver> => {
    const known = open.get(id);
    if (known !== undefined) return known;
    const opened = openSource(sources.get(id), env);
    open.set(id, opened);
    // The next call tries again.
    opened.catch(() => open.delete(id));
    return opened;
  };

  return {
    database: (id) => sources.get(id)?.database,
    problems: (id) => {
      const source = sources.get(id);
      if (source === undefined) return [`There is no database ${id}.`];
      const { address, claims } = source;
      return ['problem' in address ? address.problem : [], claims.problems].flat();
    },
    driver,
    claims: (id) => sources.get(id)?.claims.values(),
    check: async () => {
      const ready = [...sources].filter(([, { address }]) => 'address' in address);
      await Promise.all(
        ready.map(async ([id, { database }]) => {
          const problem = await checkRights(database, () => driver(id));
          if (problem === undefined || isClosed) return;
          log.warn('the database could not be checked', { database: id, ...problem });
        }),
      );
    },
    redact,
    close: async () => {
      isClosed = true;
      const drivers = await Promise.allSettled(open.values());
      const closing = drivers.map(async (one) => {
        if (one.status === 'fulfilled') await one.value.close();
      });
      await Promise.allSettled(closing);
    },
  };
}

async function openSource(source: Source | undefined, env: Environment): Promise<SqlDriver> {
  if (source === undefined || 'problem' in source.address) {
    throw new SqlFailure('internal', 'The database of this tool is not configured.');
  }
  const { openDriver } = await import('./drivers/open-driver.js');
  return openDriver({ database: source.database, address: source.address.address, env });
}

/** What went wrong, if anything did: a database that cannot be reached now may be there when it is called. */
async function checkRights(
  { id, tables }: SqlDatabase,
  open: () => Promise<SqlDriver>,
): Promise<{ reason: string; detail: string | undefined } | undefined> {
  const writes = Object.values(tables).some((table) => (table.writes?.length ?? 0) > 0);
  const names = Object.values(tables).map(({ schema, name }) =>
    schema === undefined ? name : `${schema}.${name}`,
  );
  try {
    const driver = await open();
    const findings = await driver.inspectRights({ writes, tables: names });
    for (const finding of findings) {
      log.warn('rights of the database account', { database: id, finding });
    }
    return undefined;
  } catch (error) {
    const detail = error instanceof SqlFailure ? error.detail : describeError(error);
    return { reason: error instanceof Error ? error.message : String(error), detail };
  }
}
