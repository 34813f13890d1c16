import { SqlFailure, type SqlFailureKind } from '../../driver.js';
import { codeOf, connectionText, failure, isNetworkError, nameOf, textOf } from '../failures.js';

/** What PostgreSQL tells of an error (section 55.8); `code` is the SQLSTATE of appendix A. */
export type ServerError = Error & {
  code: string;
  severity?: string;
  detail?: string;
  constraint?: string;
  column?: string;
  where?: string;
  internalQuery?: string;
  /** Function of the server that failed. */
  routine?: string;
};

/** Whose messages consist of the statement itself, which its writer needs to mend it. */
const ABOUT_STATEMENT =
  /^42(601|P01|P02|P09|P10|703|702|704|803|804|846|883|725|712|P18|P20|P21|P22)$/;

const CODES: Record<string, SqlFailureKind> = {
  '57014': 'cancelled',
  '55P03': 'conflict',
  '25006': 'denied',
  '25P03': 'timeout',
  '42501': 'denied',
  '53300': 'unavailable',
  '53100': 'full',
  '53200': 'full',
  '53400': 'full',
  '55006': 'unavailable',
  '0A000': 'statement',
  '54000': 'statement',
  '22021': 'value',
  '2200G': 'value',
};

const CLASSES: Record<string, SqlFailureKind> = {
  '08': 'unavailable',
  '21': 'statement',
  '22': 'value',
  '23': 'conflict',
  '25': 'statement',
  '26': 'unavailable',
  '28': 'internal',
  '3D': 'internal',
  '34': 'internal',
  '40': 'conflict',
  '42': 'statement',
  '44': 'denied',
  '53': 'full',
  '54': 'statement',
  '57': 'unavailable',
  '58': 'internal',
  P0: 'conflict',
  XX: 'internal',
};

const TEXTS: Record<string, (error: ServerError) => string> = {
  '23505': ({ constraint, detail }) =>
    `There is already a row with the same ${columnsOf(detail) || 'key'} (unique constraint ${nameOf(constraint)}).`,
  '23503': ({ constraint, detail }) =>
    detail?.includes('still referenced') === true
      ? `Other rows refer to this one (foreign key ${nameOf(constraint)}).`
      : `What ${columnsOf(detail) || 'the row'} refers to does not exist (foreign key ${nameOf(constraint)}).`,
  '23502': ({ column }) => `The column ${nameOf(column)} must have a value.`,
  '23514': ({ constraint }) => `A value breaks the check ${nameOf(constraint)}.`,
  '23P01': ({ constraint }) =>
    `Another row overlaps with this one (constraint ${nameOf(constraint)}).`,
  '40001': () => 'Another transaction changed the same rows. Try again.',
  '40P01': () => 'Two transactions waited for each other and this one was stopped. Try again.',
  '55006': () => 'Another process uses the database.',
  '55P03': () => 'Another transaction holds the rows. Try again.',
  '25006': () => 'Nothing can be changed here: the transaction is read-only.',
  '42501': () => 'The account of this server has no right to do this.',
  '53300': () => 'The database has no free connection. Try again later.',
  '57P03': () => 'The database is starting up or shutting down. Try again later.',
  '28P01': () => 'The database refused the user or the password of this server.',
  '28000': () => 'The database refused the user of this server.',
  '3D000': () => 'The database of this server does not exist.',
  '22003': () => 'A number is out of the range of its column.',
  '22P02': () => 'A value cannot be read as the type of its column.',
  '22007': () => 'A date or time cannot be read.',
  '22008': () => 'A date or time is out of range.',
  P0001: () => 'A rule of the database refused the change.',
  '22001': () => 'A text is too long for its column.',
  '22012': () => 'Division by zero.',
  '22021': () => 'A text holds a character that the database cannot store.',
};

/** Names what went wrong for callers, without a value of any row: those are in `detail`, for the log. */
export function postgresFailure(error: unknown): SqlFailure {
  if (error instanceof SqlFailure) return error;
  if (!isServerError(error)) {
    const code = codeOf(error);
    const text = connectionText(code);
    return failure(isNetworkError(error) || isConnectionLoss(error) ? 'unavailable' : 'internal', {
      ...(text !== undefined && { message: text }),
      ...(code !== undefined && { code }),
      detail: textOf(error),
    });
  }
  const { code } = error;
  // A prepared statement whose table has changed since: prepared again, it works.
  const outdated = error.routine === 'RevalidateCachedQuery';
  const kind = outdated
    ? 'unavailable'
    : isTimeout(error)
      ? 'timeout'
      : (CODES[code] ?? CLASSES[code.slice(0, 2)]);
  const text = TEXTS[code]?.(error) ?? aboutStatement(error);
  return failure(kind ?? 'internal', {
    code,
    ...(text !== undefined && { message: text }),
    detail: [error.message, error.detail].filter(Boolean).join(' · '),
  });
}

/** A message of the server, not of the network. */
export function isServerError(error: unknown): error is ServerError {
  return error instanceof Error && 'severity' in error && codeOf(error)?.length === 5;
}

/** A message after which the server closes the connection, or the end of it without one. */
export function isConnectionLoss(error: unknown): boolean {
  if (isServerError(error)) return error.severity === 'FATAL' || error.severity === 'PANIC';
  return isNetworkError(error) || /connection|terminated|not queryable/i.test(textOf(error));
}

/** A timeout comes as a cancel does; only the text tells them apart, and not in every language of servers. */
function isTimeout({ code, message }: ServerError): boolean {
  return code === '57014' && !message.includes('user request');
}

/** Not from within a function, where the names are not the caller's. */
function aboutStatement(error: ServerError): string | undefined {
  if (!ABOUT_STATEMENT.test(error.code) || error.where || error.internalQuery) return undefined;
  return `The database did not accept the statement: ${error.message.replace(/\s+/g, ' ').slice(0, 200)}.`;
}

/** Columns of `Key (a, b)=(1, 2) already exists.`, without the values. */
function columnsOf(detail: string | undefined): string {
  const columns = /^[^(]*\((.*?)\)=\(/.exec(detail ?? '')?.[1];
  return columns === undefined ? '' : nameOf(columns);
}
