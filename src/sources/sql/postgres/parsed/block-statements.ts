import { splitStatements } from '../split-statements.js';

/** What can make something: the rest only moves data. */
const MAKES = /\b(?:create|alter|drop|comment|execute|perform|call|rename)\b/i;
const CHANGES = /^(?:create|alter|comment)\b/i;
const HANDLER = /^exception\b/i;
const UNLESS = /^if\s+not\s+exists\s*(?=\()/i;
const CATALOGUE = /\b(?:pg_\w+|information_schema)\b/i;

/**
 * The statements of a DO block that only keeps them from failing the second time, as tools for migrations write it: with
 * `EXCEPTION WHEN duplicate_object THEN null`, or `IF NOT EXISTS (SELECT … FROM pg_type …) THEN … END IF`. None for one that
 * only moves data; undefined for every other.
 */
export function blockStatements(body: string): string[] | undefined {
  if (!MAKES.test(withoutStrings(body))) return [];
  const begin = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*begin\b/i.exec(body);
  if (!begin) return undefined;
  const made: string[] = [];
  for (const { text } of splitStatements(body.slice(begin[0].length)).statements) {
    // What is done when something fails, is for when it fails.
    if (HANDLER.test(text)) break;
    if (/^(?:end(?:\s+if)?|null)$/i.test(text)) continue;
    const statement = UNLESS.test(text) ? afterCondition(text) : text;
    if (statement === undefined || !CHANGES.test(statement)) return undefined;
    made.push(statement);
  }
  return made;
}

function withoutStrings(text: string): string {
  return text.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, ' ');
}

/** What stands behind `IF NOT EXISTS (…) THEN`, where the question is to the catalogue. */
function afterCondition(text: string): string | undefined {
  const open = text.indexOf('(');
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/'(?:[^']|'')*'|[()]/g)) {
    if (token === '(') depth++;
    if (token === ')') depth--;
    if (depth > 0 || index < open) continue;
    const then = /^\)\s*then\s+/i.exec(text.slice(index));
    const isKnown = then !== null && CATALOGUE.test(text.slice(open, index));
    return isKnown
      ? text.slice(index + then[0].length).replace(/^(?:\s|--[^\n]*\n)+/, '')
      : undefined;
  }
  return undefined;
}
