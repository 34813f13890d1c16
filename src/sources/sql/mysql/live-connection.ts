import mysql from 'mysql2/promise';
import type { Connection, ConnectionOptions } from 'mysql2/promise';
import { diagnostic } from '../../../diagnostics/catalog.js';
import { InputError } from '../../../diagnostics/diagnostic.js';
import type { Diagnostic } from '../../../diagnostics/diagnostic.js';

/** An address of a MySQL or MariaDB database, taken apart. */
export type MysqlAddress = {
  /** Without user and password: what may be shown and stored. */
  shown: string;
  database: string;
  user: string;
  password: string;
  host: string;
  port: number;
  ssl?: { rejectUnauthorized: boolean };
};

const DEFAULT_PORT = 3306;

/** Takes an address apart. Throws an InputError (MCP807), which does not repeat it. */
export function parseMysqlAddress(source: string): MysqlAddress {
  const url = URL.canParse(source) ? new URL(source) : undefined;
  if (!url || !/^(mysql|mariadb):$/.test(url.protocol)) {
    throw refused('the address', 'it does not begin with mysql://host or mariadb://host');
  }
  const port = url.port === '' ? DEFAULT_PORT : Number(url.port);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const database = decoded(url.pathname.slice(1));
  const shown = `mysql://${url.hostname}:${port}/${encodeURIComponent(database)}`;
  if (database === '' || database.includes('/'))
    throw refused(shown, 'a database is not named: write mysql://user@host:port/database');
  const ssl = sslOf(url.searchParams);
  return {
    ...{
      shown,
      database,
      host,
      port,
      user: decoded(url.username),
      // As the clients of MySQL and MariaDB take it.
      password: decoded(url.password) || (process.env['MYSQL_PWD'] ?? ''),
    },
    ...(ssl && { ssl }),
  };
}

/** Encryption as clients of several languages spell it; `require` encrypts without a look at the certificate. */
function sslOf(params: URLSearchParams): MysqlAddress['ssl'] {
  const mode = params.get('ssl-mode') ?? params.get('sslmode') ?? params.get('ssl') ?? '';
  if (/^(verify[_-](ca|full|identity)|true|1)$/i.test(mode)) return { rejectUnauthorized: true };
  return /^require(d)?$/i.test(mode) ? { rejectUnauthorized: false } : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function refused(address: string, why: string): InputError {
  return new InputError([diagnostic('MCP807', { address, why })]);
}

/** Connects for reading the catalogue. Throws an InputError (MCP803, MCP804, MCP805, MCP806). */
export async function connectMysql(address: MysqlAddress, timeoutMs: number): Promise<Connection> {
  const { host, port, user, password, database, ssl } = address;
  const options: ConnectionOptions = {
    ...{ host, port, user, password, database },
    ...(ssl && { ssl }),
    ...{ connectTimeout: timeoutMs, supportBigNumbers: true, bigNumberStrings: true },
    ...{ dateStrings: true, multipleStatements: false },
  };
  try {
    const connection = await mysql.createConnection(options);
    // A server that goes away between two queries tells it here; the next query fails by itself.
    connection.on('error', () => undefined);
    return connection;
  } catch (error) {
    throw mysqlFailure(error, address);
  }
}

const UNREACHABLE = new Set(
  (
    'ECONNREFUSED ECONNRESET ENOTFOUND EAI_AGAIN ETIMEDOUT EHOSTUNREACH ENETUNREACH EPIPE ' +
    'PROTOCOL_CONNECTION_LOST HANDSHAKE_NO_SSL_SUPPORT HANDSHAKE_SSL_ERROR ER_CON_COUNT_ERROR ER_HOST_IS_BLOCKED'
  ).split(' '),
);
const UNWELCOME = new Set(
  (
    'ER_ACCESS_DENIED_ERROR ER_ACCESS_DENIED_NO_PASSWORD_ERROR ER_DBACCESS_DENIED_ERROR ER_HOST_NOT_PRIVILEGED ' +
    'ER_ACCOUNT_HAS_BEEN_LOCKED ER_MUST_CHANGE_PASSWORD ER_MUST_CHANGE_PASSWORD_LOGIN AUTH_SWITCH_PLUGIN_ERROR ' +
    'ER_NOT_SUPPORTED_AUTH_MODE ER_SECURE_TRANSPORT_REQUIRED'
  ).split(' '),
);

/** What a driver's or server's error means to a user, without the password. */
export function mysqlFailure(error: unknown, address: MysqlAddress): InputError {
  if (error instanceof InputError) return error;
  return new InputError([explain(error, address)]);
}

function explain(error: unknown, address: MysqlAddress): Diagnostic {
  const { shown, user, database } = address;
  const code = String((error as { code?: unknown }).code ?? '');
  const reason = reasonOf(error, code, address);
  if (UNREACHABLE.has(code)) return diagnostic('MCP803', { address: shown, reason });
  if (isWithoutPassword(code, address)) {
    const facts = { address: shown, user: user || 'anyone', variable: 'MYSQL_PWD' };
    return diagnostic('MCP804', { ...facts, reason: 'it asks for a password' });
  }
  if (UNWELCOME.has(code))
    return diagnostic('MCP804', { address: shown, user: user || 'anyone', reason });
  if (code === 'ER_BAD_DB_ERROR') return diagnostic('MCP805', { address: shown, database });
  return diagnostic('MCP806', { address: shown, reason });
}

function isWithoutPassword(code: string, { password }: MysqlAddress): boolean {
  return password === '' && /^ER_ACCESS_DENIED(?:_NO_PASSWORD)?_ERROR$/.test(code);
}

function reasonOf(error: unknown, code: string, { password }: MysqlAddress): string {
  if (code === 'ECONNREFUSED') return 'nothing listens there';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no host of that name';
  if (code === 'ETIMEDOUT') return 'it does not answer in time';
  const message = error instanceof Error && error.message !== '' ? error.message : code;
  return password === '' ? message : message.replaceAll(password, '***');
}
