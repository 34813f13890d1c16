import { Socket } from 'node:net';
import pg from 'pg';
import { diagnostic } from '../../../diagnostics/catalog.js';
import { InputError } from '../../../diagnostics/diagnostic.js';
import type { Diagnostic, Origin } from '../../../diagnostics/diagnostic.js';
import type { DatabaseReading } from '../model.js';
import { introspect } from './introspect.js';
import { parseAddress } from './parse-address.js';
import type { Address } from './parse-address.js';

export type IntrospectLiveOptions = {
  signal?: AbortSignal;
  /** For connecting; ten seconds by default. */
  connectTimeoutMs?: number;
  /** For each question, on the server; thirty seconds by default. */
  statementTimeoutMs?: number;
};

/**
 * Reads the schema of a live PostgreSQL in one read-only transaction. TLS is as the address says (`sslmode`). Origins name the
 * address without user and password, which no message holds either. Throws an `InputError` when it cannot be read, and the
 * reason of `signal` when that is aborted.
 */
export async function introspectPostgres(
  url: string,
  options: IntrospectLiveOptions = {},
): Promise<DatabaseReading> {
  const { signal, connectTimeoutMs = 10_000, statementTimeoutMs = 30_000 } = options;
  const address = parseAddress(url);
  const origin: Origin = { file: address.shown, path: [] };
  signal?.throwIfAborted();
  const socket = new Socket();
  const timeouts = { connectTimeoutMs, statementTimeoutMs };
  const client = makeClient(address, timeouts, socket, origin);
  // A connection that breaks is told by the question that waits for it.
  client.on('error', () => undefined);
  const abort = (): void => void socket.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await client.connect().catch((error: unknown) => {
      throw refused(error, address, origin);
    });
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const model = await introspect(
      { query: async (text) => (await client.query<Record<string, unknown>>(text)).rows },
      { origin: () => origin },
    );
    await client.query('ROLLBACK');
    const findings: Diagnostic[] =
      model.tables.length === 0
        ? [diagnostic('MCP802', { source: address.shown }, { origin })]
        : [];
    return { model, skipped: [], findings };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof InputError) throw error;
    const reason = withoutSecrets(messageOf(error), address);
    throw new InputError([diagnostic('MCP806', { address: address.shown, reason }, { origin })]);
  } finally {
    signal?.removeEventListener('abort', abort);
    if (!signal?.aborted) await client.end().catch(() => undefined);
    socket.destroy();
  }
}

function makeClient(
  address: Address,
  {
    connectTimeoutMs,
    statementTimeoutMs,
  }: { connectTimeoutMs: number; statementTimeoutMs: number },
  socket: Socket,
  origin: Origin,
): pg.Client {
  try {
    return new pg.Client({
      connectionString: address.url,
      stream: () => socket,
      connectionTimeoutMillis: connectTimeoutMs,
      statement_timeout: statementTimeoutMs,
      // The server's own limit comes first; this one is for a server that does not answer at all.
      query_timeout: statementTimeoutMs + 5_000,
      application_name: 'create-mcp-server',
    });
  } catch (error) {
    const reason = withoutSecrets(messageOf(error), address);
    throw new InputError([diagnostic('MCP803', { address: address.shown, reason }, { origin })]);
  }
}

const DATABASE_MISSING = '3D000';
/** SQLSTATE class 28: invalid authorization. */
const NOT_LET_IN = /^28/;
/** What the driver says when it is asked for one that it does not have. */
const NO_PASSWORD = /client password must be a (?:non-empty )?string|no password supplied/;

function refused(error: unknown, address: Address, origin: Origin): InputError {
  const code = codeOf(error);
  const reason = withoutSecrets(messageOf(error), address);
  const { shown, user, database } = address;
  if (code === DATABASE_MISSING) {
    return new InputError([diagnostic('MCP805', { address: shown, database }, { origin })]);
  }
  if (address.password === '' && NO_PASSWORD.test(reason)) {
    const facts = {
      address: shown,
      user,
      reason: 'it asks for a password',
      variable: 'PGPASSWORD',
    };
    return new InputError([diagnostic('MCP804', facts, { origin })]);
  }
  if (NOT_LET_IN.test(code) || /SASL/.test(reason)) {
    return new InputError([diagnostic('MCP804', { address: shown, user, reason }, { origin })]);
  }
  return new InputError([diagnostic('MCP803', { address: shown, reason }, { origin })]);
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message || codeOf(error) : String(error);
}

/** No message of a driver holds a password that we know of: this makes sure of it. */
function withoutSecrets(text: string, { password, url }: Address): string {
  const secrets = [url, password, encodeURIComponent(password)].filter((one) => one.length > 0);
  return secrets.reduce((safe, secret) => safe.replaceAll(secret, '***'), text);
}
