import type { CallToolResult } from '@modelcontextprotocol/server';
import { cleanText, cutText } from '../http/clean-text.js';
import type { SqlFailure, SqlFailureKind } from './driver.js';

const MAX_CHARS = 2_000;

/** What the caller can do about it. */
const ADVICE: Record<SqlFailureKind, string> = {
  unavailable: 'Try again later.',
  timeout: 'Ask for less: narrower conditions, on columns that have an index, or fewer rows.',
  cancelled: '',
  denied: 'A person would have to allow it to the account of this server.',
  conflict: 'Look at the present state, then call again with other values.',
  value: 'Change the value as the type of its column wants it.',
  statement:
    'Check the names with describe_tables; the database may also have changed since this server was made for it.',
  full: 'A person has to make room in the database.',
  large: 'Ask for fewer or smaller columns.',
  internal: '',
};

/** A failure of the database: what it says, what became of a change, what to do. */
export function failureResult(
  tool: string,
  failure: SqlFailure,
  {
    writes,
    reference,
    redact,
  }: { writes: boolean; reference: string; redact: (text: string) => string },
): CallToolResult {
  const { kind, message, applied } = failure;
  return errorResult([
    cutText(cleanText(redact(`${tool} failed: ${message}`)), MAX_CHARS),
    ...(writes ? [OUTCOME[applied]] : []),
    // Texts of the drivers may say it already.
    ...(message.includes(ADVICE[kind]) ? [] : [ADVICE[kind]]),
    `Reference: ${reference}`,
  ]);
}

const OUTCOME = {
  no: 'Nothing was changed.',
  unknown: 'It is unknown whether the change was made: look before trying again.',
};

/** A result that says what went wrong. */
export function errorResult(lines: readonly string[]): CallToolResult {
  const text = lines.filter((line) => line !== '').join('\n');
  return { content: [{ type: 'text', text }], isError: true };
}
