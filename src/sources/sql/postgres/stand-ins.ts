import type { SqlFailure } from './pglite.js';

/** What the script as a whole says, for deciding whether something will still come or never. */
export type ScriptFacts = {
  /** Lower-case names of types, domains and relations that the script makes: each as `name` and as `schema.name` or `.name`. */
  made: ReadonlySet<string>;
  /** Extensions that are used though not created, and come with the engine. */
  extensions: readonly string[];
};

/** Statements that put in what a failed one lacks; `standIn` is a type that only stands in for one of an extension. */
export type Mend = { key: string; statements: string[]; standIn?: string };

const EXTENSION_SIGNS: Record<string, RegExp> = {
  citext: /\bcitext\b/,
  hstore: /\bhstore\b/,
  ltree: /\bl(?:tree|query|txtquery)\b/,
  cube: /\bcube\b/,
  earthdistance: /\bearth\b|\bll_to_earth\b/,
  isn: /type "(?:\w+\.)?(?:isbn|issn|ean|ismn|upc)(?:13)?"/i,
  pg_trgm: /\btrgm\b|_trgm_ops\b/,
  btree_gist: /access method "gist"/,
  btree_gin: /access method "gin"/,
  bloom: /access method "bloom"/,
  unaccent: /\bunaccent\b/,
  pgcrypto: /\b(?:gen_random_bytes|gen_salt|pgp_sym_\w+|crypt|digest|hmac)\b/,
  'uuid-ossp': /\buuid_/,
  fuzzystrmatch: /\b(?:levenshtein|d?metaphone|soundex)\b/,
  tablefunc: /\b(?:crosstab|normal_rand|connectby)/,
  intarray: /__int/,
};

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * What would let a statement that failed succeed: roles, schemas, languages, tablespaces and wrappers that a dump takes for
 * granted, extensions, and stand-ins for types that nothing makes. Undefined where there is nothing to do.
 */
export function mendFailure({ code, message }: SqlFailure, script: ScriptFacts): Mend | undefined {
  const [, what, name] =
    /(role|schema|language|tablespace|foreign-data wrapper|collation|type) "([^"]+)" (?:for encoding "[^"]*" )?does not exist/.exec(
      message,
    ) ?? [];
  if (code === '3F000' && name === undefined) {
    return { key: 'search path', statements: [MEND_SEARCH_PATH] };
  }
  const extension = script.extensions.find((one) => EXTENSION_SIGNS[one]?.test(message));
  if (extension !== undefined) {
    const schema = quote(
      /(?:function|type "|class ")(?:\s*)([a-z_]\w*)\./.exec(message)?.[1] ?? 'public',
    );
    return {
      key: `extension ${extension}`,
      statements: [
        `CREATE SCHEMA IF NOT EXISTS ${schema}`,
        `CREATE EXTENSION IF NOT EXISTS ${quote(extension)} SCHEMA ${schema} CASCADE`,
      ],
    };
  }
  if (what === undefined || name === undefined) return undefined;
  const key = `${what} ${name}`;
  switch (what) {
    case 'role':
      return { key, statements: [`CREATE ROLE ${quote(name)}`] };
    case 'schema':
      return { key, statements: [`CREATE SCHEMA ${quote(name)}`] };
    case 'language':
      return { key, statements: [`CREATE LANGUAGE ${quote(name)} HANDLER plpgsql_call_handler`] };
    case 'tablespace':
      return {
        key,
        statements: [
          'SET allow_in_place_tablespaces = on',
          `CREATE TABLESPACE ${quote(name)} LOCATION ''`,
        ],
      };
    case 'foreign-data wrapper':
      return { key, statements: [`CREATE FOREIGN DATA WRAPPER ${quote(name)}`] };
    case 'collation':
      return { key, statements: [`CREATE COLLATION ${quote(name)} FROM "C"`] };
    default:
      return missingType(key, name, script);
  }
}

function missingType(key: string, printed: string, script: ScriptFacts): Mend | undefined {
  const name = printed.replace(/(?:\[\])+$/, '');
  const parts = name.split('.');
  const last = parts.at(-1) ?? '';
  if (script.made.has(last.toLowerCase())) return undefined;
  const schema = parts.length > 1 ? (parts[0] ?? 'public') : 'public';
  return {
    key,
    standIn: `${schema}.${last}`,
    statements: [
      `CREATE SCHEMA IF NOT EXISTS ${quote(schema)}`,
      `CREATE DOMAIN ${quote(schema)}.${quote(last)} AS text`,
    ],
  };
}

/** Makes the first schema of the search path; where the path is empty, everything goes to `public`. */
const MEND_SEARCH_PATH = `DO $mend$ DECLARE
  first text := trim(BOTH '" ' FROM split_part(replace(current_setting('search_path'), '"$user", ', ''), ',', 1));
BEGIN
  IF first IN ('', '$user') THEN
    first := 'public';
    PERFORM set_config('search_path', 'public', false);
  END IF;
  EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', first);
END $mend$`;

/** The statement without modifiers on types that stand in, as a domain takes none: `geometry(Point, 4326)`. */
export function withoutModifiers(sql: string, standIns: Iterable<string>): string {
  let text = sql;
  for (const standIn of standIns) {
    const name = (standIn.split('.').at(-1) ?? '').replace(/[^\w]/g, '\\$&');
    text = text.replace(new RegExp(`(\\b${name}"?)\\s*\\([^()]*\\)`, 'gi'), '$1');
  }
  return text;
}

/** Whether a script makes a relation of that name: in its schema, or where it names none. */
export function isMade({ made }: Pick<ScriptFacts, 'made'>, table: string): boolean {
  const [name = '', schema] = table.toLowerCase().split('.').reverse();
  return schema === undefined
    ? made.has(name)
    : made.has(`${schema}.${name}`) || made.has(`.${name}`);
}

/** What a script makes, by the look of it. */
export function scriptFacts(script: string, extensions: readonly string[]): ScriptFacts {
  const made = new Set<string>();
  const create =
    /\bcreate\s+(?:or\s+replace\s+)?(?:unlogged\s+|foreign\s+|materialized\s+)?(?:type|domain|table|view)\s+(?:if\s+not\s+exists\s+)?(?:"?([\w$]+)"?\s*\.\s*)?"?([\w$]+)/gi;
  for (const [, schema = '', name = ''] of script.matchAll(create)) {
    made.add(name.toLowerCase()).add(`${schema}.${name}`.toLowerCase());
  }
  for (const [, name = ''] of script.matchAll(/\brename\s+to\s+"?([\w$]+)/gi)) {
    made.add(name.toLowerCase()).add(`.${name}`.toLowerCase());
  }
  return { made, extensions };
}
