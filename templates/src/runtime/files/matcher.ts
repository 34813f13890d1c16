import { cutText } from '../http/clean-text.js';
import { UserInputError } from '../calls/user-input-error.js';

/** A line that fits, counted from 1, with those around it. */
export type LineMatch = { line: number; text: string; before?: string[]; after?: string[] };

export type Matcher = (bytes: Buffer, options: { context: number; limit: number }) => LineMatch[];

export type MatcherOptions = { query: string; regex?: boolean; ignore_case?: boolean };

const MAX_QUERY = 1_000;
/** Of a line, as far as it is looked at and as it is shown. */
const MAX_LINE = 100_000;
const MAX_SHOWN = 500;

/**
 * Finds lines in the bytes of a text. Most files hold nothing, so that the whole file is looked at first and only where
 * something is in it the lines. Throws an UserInputError for an expression that is none.
 */
export function createMatcher({ query, regex, ignore_case }: MatcherOptions): Matcher {
  if (query.length > MAX_QUERY) throw new UserInputError('The query is too long.');
  if (/[\n\r]/.test(query)) throw new UserInputError('The query has a line end in it: one line.');
  if (regex) return byExpression(query, ignore_case ?? false);
  if (!ignore_case) {
    const needle = Buffer.from(query);
    return (bytes, options) =>
      bytes.includes(needle)
        ? linesIn(bytes.toString('utf8'), (line) => line.indexOf(query), options)
        : [];
  }
  return byExpression(escaped(query), true);
}

function byExpression(source: string, ignoreCase: boolean): Matcher {
  const inline = source.startsWith('(?i)');
  const text = inline ? source.slice(4) : source;
  const flags = inline || ignoreCase ? 'i' : '';
  const line = compiled(text, flags);
  // What looks around sees other things in the whole than in its line.
  const whole = /\(\?<?[=!]/.test(text) ? undefined : new RegExp(line.source, `${line.flags}m`);
  return (bytes, options) => {
    const all = bytes.toString('utf8');
    if (whole !== undefined && !whole.test(all)) return [];
    return linesIn(all, (one) => line.exec(one)?.index ?? -1, options);
  };
}

/** With full Unicode where the expression is one for it; many that people write are not. */
function compiled(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, `u${flags}`);
  } catch {
    try {
      return new RegExp(source, flags);
    } catch (error) {
      const why = error instanceof Error ? error.message : '';
      throw new UserInputError(cutText(`The query is not a regular expression: ${why}`, 500));
    }
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function linesIn(
  text: string,
  find: (line: string) => number,
  { context, limit }: { context: number; limit: number },
): LineMatch[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const clean = (index: number) => lines[index]!.replace(/\r$/, '');
  const found: LineMatch[] = [];
  for (let index = 0; index < lines.length && found.length < limit; index += 1) {
    const line = clean(index);
    const at = find(line.length > MAX_LINE ? line.slice(0, MAX_LINE) : line);
    if (at < 0) continue;
    const around = (from: number, to: number) =>
      lines
        .slice(Math.max(from, 0), Math.max(to, 0))
        .map((one) => cutText(one.replace(/\r$/, ''), MAX_SHOWN));
    found.push({
      line: index + 1,
      text: excerpt(line, at),
      ...(context > 0 && {
        before: around(index - context, index),
        after: around(index + 1, index + 1 + context),
      }),
    });
  }
  return found;
}

/** The part of a long line where the match is. */
function excerpt(line: string, at: number): string {
  if (line.length <= MAX_SHOWN) return line;
  const from = Math.max(at - 100, 0);
  return `${from > 0 ? '…' : ''}${cutText(line.slice(from), MAX_SHOWN)}…`;
}
