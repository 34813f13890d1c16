import { SqlFailure, type SqlFailureKind } from '../driver.js';

/** What is said of a failure when the database names nothing that helps. */
const SAFE_TEXT: Record<SqlFailureKind, string> = {
  unavailable: 'The database cannot be reached at the moment. Try again later.',
  timeout:
    'The statement took too long and was stopped. Narrow it down: fewer rows, a filter on an indexed column.',
  cancelled: 'The statement was cancelled.',
  denied: 'The account of this server may not do this.',
  conflict: 'The database refused the change because of other data.',
  value: 'A value does not fit the type of its column.',
  statement: 'The database did not accept the statement.',
  full: 'The database has no room left.',
  large: 'The result is too large to be read. Ask for fewer or smaller columns.',
  internal: 'The database failed.',
};

/** A failure with the usual text of its kind, or a better one. */
export function failure(
  kind: SqlFailureKind,
  more: { message?: string; code?: string; detail?: string; applied?: 'no' | 'unknown' } = {},
): SqlFailure {
  const { message = SAFE_TEXT[kind], ...facts } = more;
  return new SqlFailure(kind, message, facts);
}

/** All connections of the pool were in use for as long as a call may wait. */
export function busy(detail: string): SqlFailure {
  const message =
    'The database is busy: all connections of this server are in use. Try again later.';
  return failure('unavailable', { message, detail });
}

/** More came than SQL_RECEIVE_MAX_BYTES, so that the connection was given up. */
export function tooLarge({ detail }: SqlFailure): SqlFailure {
  return failure('large', detail === undefined ? {} : { detail });
}

/** What a transaction could not be ended for; `isLost` where nobody can tell whether its changes are there: says `text` then. */
export function endFailure(found: SqlFailure, isLost: boolean, text: string): SqlFailure {
  const { kind, code, detail } = found;
  return failure(kind, {
    message: isLost ? text : found.message,
    ...(code !== undefined && { code }),
    ...(detail !== undefined && { detail }),
    applied: isLost ? 'unknown' : 'no',
  });
}

export const LOST_AT_COMMIT =
  'The connection was lost while the change was made final: it may have been made.';

/** Of anything that was thrown: its text for the log. */
export function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // An attempt to connect to a name with several addresses fails with one error for each, and no text of its own.
  if (error instanceof AggregateError) return error.errors.map(textOf).join('; ');
  return error.message;
}

/** The `code` of an error of Node or of a driver, also of the first one in a list. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : undefined;
}

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ENOTFOUND',
  'ENOENT',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);

/** A failure of the network, which may be over soon. */
export function isNetworkError(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && NETWORK.has(code);
}

/** A name that the database gave, short and without what could end it. */
export function nameOf(name: string | undefined): string {
  if (name === undefined || name === '') return '';
  return `"${name.replace(/[\p{C}"]/gu, '?').slice(0, 100)}"`;
}

/** What a failed connection is to be told of as, where a setting is wrong and waiting does not help. */
export function connectionText(code: string | undefined): string | undefined {
  return code !== undefined && /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|HANDSHAKE_NO_SSL/.test(code)
    ? 'The connection to the database cannot be encrypted as the settings of this server ask.'
    : undefined;
}
