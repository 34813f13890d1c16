import type { SqlFailure } from './pglite.js';

const UNDEFINED_FILE = '58P01';
const QUOTED = String.raw`(?:'[^']*'|\$\$[^$]*\$\$)`;
const BODY = new RegExp(String.raw`\bas\s+${QUOTED}(?:\s*,\s*${QUOTED})?`, 'i');
const LANGUAGE = /\blanguage\s+(?:'c'|"c"|c)(?![\w$])/i;

/**
 * CREATE FUNCTION of something in a library that only the server has, as one that does nothing: views and defaults need its name
 * and types alone. Undefined for any other failure.
 */
export function withoutLibrary(sql: string, { code }: SqlFailure): string | undefined {
  if (code !== UNDEFINED_FILE || !LANGUAGE.test(sql)) return undefined;
  return sql
    .replace(BODY, () => 'AS $stub$ BEGIN END $stub$')
    .replace(LANGUAGE, 'LANGUAGE plpgsql');
}
