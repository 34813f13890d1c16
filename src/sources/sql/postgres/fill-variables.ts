import type { MetaCommand, Statement } from './split-statements.js';

/** Something to be filled in that the script gives no value for; `value` is what was taken. */
export type Placeholder = { name: string; value: string; line: number; column: number };

/** Rows hold colons too: only what makes or describes things is looked at. */
const DEFINES = /^(?:create|alter|comment|drop|set|select|with)\b/i;
/**
 * Quoted texts and comments are passed over, as psql does; a variable does not follow a name, a cast or a bound of a slice. What is
 * not closed lasts to the end: it is looked for once.
 */
const VARIABLE =
  /'[^']*(?:'|$)|"[^"]*(?:"|$)|--[^\n]*|\/\*[^]*?(?:\*\/|$)|(?<![\w$])(\$(?:[A-Za-z_]\w*)?\$)(?:[^]*?\1|[^]*$)|(?<=^|[\s(),.=]):(["']?)([A-Za-z_]\w*)\2/g;
const SET = /^\\set\s+([A-Za-z_]\w*)\s+(.+)$/;

/**
 * Statements with the variables of psql filled in (psql, "SQL Interpolation"): by `\set` above them, else by their own names,
 * which `placeholders` has once each.
 */
export function fillVariables(
  statements: Statement[],
  metaCommands: MetaCommand[],
): { statements: Statement[]; placeholders: Placeholder[] } {
  const unset = new Map<string, Placeholder>();
  const valueAbove = variablesOf(metaCommands);
  const filled = statements.map((statement) => {
    if (!statement.text.includes(':') || !DEFINES.test(statement.text)) return statement;
    const { line, column } = statement;
    const fill = (all: string, _tag: string, quote: string, name: string, at: number): string => {
      if (name === undefined) return all;
      // Behind the parentheses of a table, and nothing behind it: options, of which there need be none.
      const isOption = at + all.length === statement.text.length && statement.text[at - 1] === ')';
      const set = valueAbove(line, name);
      const value = set ?? (isOption ? '' : name);
      if (set === undefined && !unset.has(name)) {
        unset.set(name, { name: `:${quote}${name}${quote}`, value, line, column });
      }
      return quote ? `${quote}${value.replaceAll(quote, quote + quote)}${quote}` : value;
    };
    const text = statement.text.replace(VARIABLE, fill);
    return text === statement.text ? statement : { ...statement, text };
  });
  return { statements: filled, placeholders: [...unset.values()] };
}

/** What the last `\set` before a line gives a variable; to be asked for lines in their order. */
function variablesOf(commands: MetaCommand[]): (line: number, name: string) => string | undefined {
  const values = new Map<string, string | undefined>();
  let next = 0;
  return (line, name) => {
    for (let command = commands[next]; command && command.line < line; command = commands[next]) {
      const [, set = '', words = ''] = SET.exec(command.text) ?? [];
      if (set !== '') values.set(set, valueOf(words));
      next += 1;
    }
    return values.get(name);
  };
}

/** Words without their quotes, one behind the other; undefined where a program gives the value. */
function valueOf(words: string): string | undefined {
  if (words.includes('`')) return undefined;
  const parts = words.match(/'(?:[^']|'')*'|[^\s']+/g) ?? [];
  return parts
    .map((part) => (part.startsWith("'") ? part.slice(1, -1).replaceAll("''", "'") : part))
    .join('');
}
