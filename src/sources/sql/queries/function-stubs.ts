import type { FunctionModel } from '../model.js';
import { quoted } from '../sample/quoting.js';

/** Statements that make the functions that are named in the texts, with their types and without a body. */
export function functionStubs(
  functions: readonly FunctionModel[],
  texts: readonly string[],
): string[] {
  const all = texts.join(' ').toLowerCase();
  const named = functions.filter(
    ({ kind, name }) => kind === 'function' && all.includes(name.toLowerCase()),
  );
  return named.flatMap((one) => {
    const { schema = 'public', name, arguments: given, returns } = one;
    const parameters = given.map(({ type, mode, hasDefault }) =>
      [mode?.toUpperCase() ?? '', type.sql, hasDefault ? 'DEFAULT NULL' : ''].join(' ').trim(),
    );
    const result = returns === undefined ? '' : ` RETURNS ${returns}`;
    return [
      `CREATE SCHEMA IF NOT EXISTS ${quoted(schema)}`,
      `CREATE FUNCTION ${quoted(schema)}.${quoted(name)}(${parameters.join(', ')})${result} LANGUAGE sql AS ''`,
    ];
  });
}
