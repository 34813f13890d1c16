/** Extensions that come with the engine, and what in a script shows that one is used though nothing creates it. */
const EXTENSIONS: Record<string, RegExp | undefined> = {
  bloom: /\busing\s+bloom\b/i,
  btree_gin: undefined,
  btree_gist: /\bexclude\s+using\s+"?gist\b/i,
  citext: /\bcitext\b/i,
  cube: /\bcube\b/i,
  dict_int: /\bintdict_template\b/i,
  dict_xsyn: /\bxsyn_template\b/i,
  earthdistance: /\b(?:ll_to_)?earth\b/i,
  fuzzystrmatch: /\b(?:levenshtein|d?metaphone|soundex)\b/i,
  hstore: /\bhstore\b/i,
  intarray: /\bgin?t?__int(?:big)?_ops\b/i,
  isn: /\b(?:isbn|issn|ean|ismn|upc)(?:13)?\b/i,
  lo: /\blo_manage\b/i,
  ltree: /\bltree\b/i,
  pg_stat_statements: undefined,
  pg_trgm: /\bg(?:in|ist)_trgm_ops\b/i,
  pgcrypto: /\b(?:gen_random_bytes|gen_salt|pgp_sym_\w+|crypt|digest|hmac)\s*\(/i,
  seg: undefined,
  tablefunc: /\b(?:crosstab|normal_rand|connectby)/i,
  tcn: undefined,
  tsm_system_rows: undefined,
  tsm_system_time: undefined,
  unaccent: /\bunaccent\b/i,
  'uuid-ossp': /\buuid_(?:generate_v\d\w*|ns_\w+|nil)\b/i,
};

/** What an extension has to have beside it. */
const NEEDS: Record<string, string[]> = { earthdistance: ['cube'] };

/**
 * The extensions that a script needs: `load` come with the engine; `use` of them are used although the script creates none, as
 * in a part of a schema.
 */
export function neededExtensions(script: string): { load: string[]; use: string[] } {
  const created = new Set<string>();
  const create = /\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?"?([\w-]+)"?/gi;
  for (const [, name] of script.matchAll(create)) if (name) created.add(name.toLowerCase());
  const use = Object.entries(EXTENSIONS).flatMap(([name, sign]) =>
    sign && !created.has(name) && sign.test(script) ? [name] : [],
  );
  const load = new Set([...created, ...use].filter((name) => Object.hasOwn(EXTENSIONS, name)));
  for (const name of [...load]) for (const need of NEEDS[name] ?? []) load.add(need);
  return { load: [...load].sort(), use };
}

/** Whether an extension comes with the engine; PL/pgSQL is there always. */
export function isBundled(name: string): boolean {
  return name === 'plpgsql' || Object.hasOwn(EXTENSIONS, name);
}
