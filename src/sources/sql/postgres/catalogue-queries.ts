/** One statement against the system catalogue, for PostgreSQL 12 and later; object identifiers are given as text. */

const USER_SCHEMA = `n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND n.nspname NOT LIKE 'pg\\_temp\\_%' AND n.nspname NOT LIKE 'pg\\_toast\\_temp\\_%'`;

function ownObject(catalogue: string, alias: string, after: number): string {
  return `${USER_SCHEMA} AND ${alias}.oid > ${after}
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.${catalogue}'::regclass
    AND e.objid = ${alias}.oid AND e.deptype = 'e')`;
}

const RELATIONS = (after: number): string => `FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${ownObject('pg_class', 'c', after)}`;

/** Names of `numbers` (an array of column numbers of `relation`) in their order, as JSON; null where one is an expression. */
const columnNames = (
  relation: string,
  numbers: string,
): string => `(SELECT json_agg(a.attname ORDER BY q.place)
    FROM unnest(${numbers}) WITH ORDINALITY q (number, place)
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = ${relation} AND a.attnum = q.number AND q.number > 0)`;

export type RelationRow = {
  oid: string;
  schema: string;
  name: string;
  kind: 'r' | 'p' | 'v' | 'm' | 'f';
  partition: boolean;
  row_security: boolean;
  comment: string | null;
  parents: { schema: string; name: string }[] | null;
};

export const relationsQuery = (
  after: number,
): string => `SELECT c.oid::text AS oid, n.nspname AS schema, c.relname AS name,
  c.relkind::text AS kind, c.relispartition AS partition, c.relrowsecurity AS row_security,
  obj_description(c.oid, 'pg_class') AS comment,
  (SELECT json_agg(json_build_object('schema', pn.nspname, 'name', p.relname) ORDER BY i.inhseqno)
    FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
    JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace WHERE i.inhrelid = c.oid) AS parents
  ${RELATIONS(after)}`;

export type ColumnRow = {
  relation: string;
  name: string;
  type: string;
  modifier: number;
  sql: string;
  not_null: boolean;
  identity: '' | 'a' | 'd';
  generated: '' | 's' | 'v';
  /** Columns of the relation that the expression of a generated one reads. */
  made_of: string[] | null;
  default: string | null;
  comment: string | null;
};

export const columnsQuery = (
  after: number,
): string => `SELECT a.attrelid::text AS relation, a.attname AS name,
  a.atttypid::text AS type, a.atttypmod AS modifier, format_type(a.atttypid, a.atttypmod) AS sql,
  a.attnotnull AS not_null, a.attidentity::text AS identity, a.attgenerated::text AS generated,
  CASE WHEN a.attgenerated <> '' THEN (SELECT json_agg(s.attname ORDER BY s.attnum) FROM pg_catalog.pg_attribute s
    WHERE s.attrelid = a.attrelid AND s.attnum > 0 AND s.attnum <> a.attnum AND EXISTS (SELECT FROM pg_catalog.pg_depend e
      WHERE e.refclassid = 'pg_catalog.pg_class'::regclass AND e.refobjid = s.attrelid AND e.refobjsubid = s.attnum
      AND (e.classid, e.objid, e.objsubid) IN (('pg_catalog.pg_attrdef'::regclass, d.oid, 0),
        ('pg_catalog.pg_class'::regclass, a.attrelid, a.attnum)))) END AS made_of,
  pg_get_expr(d.adbin, d.adrelid) AS default, col_description(a.attrelid, a.attnum) AS comment
  FROM pg_catalog.pg_attribute a
  LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attrelid IN (SELECT c.oid ${RELATIONS(after)})
  ORDER BY a.attrelid, a.attnum`;

export type ConstraintRow = {
  relation: string;
  name: string;
  kind: 'p' | 'u' | 'f' | 'c';
  columns: string[] | null;
  target_schema: string | null;
  target: string | null;
  target_columns: string[] | null;
  on_delete: string;
  on_update: string;
  expression: string | null;
};

/** Since PostgreSQL 18 checks can be off. */
const IS_ENFORCED = "coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)";

/** A key that points to a split table has a row for each of its parts too: those are no keys of their own. */
export const constraintsQuery = (
  after: number,
): string => `SELECT k.conrelid::text AS relation, k.conname AS name,
  k.contype::text AS kind, ${columnNames('k.conrelid', 'k.conkey')} AS columns,
  tn.nspname AS target_schema, t.relname AS target, ${columnNames('k.confrelid', 'k.confkey')} AS target_columns,
  k.confdeltype::text AS on_delete, k.confupdtype::text AS on_update, pg_get_expr(k.conbin, k.conrelid) AS expression
  FROM pg_catalog.pg_constraint k
  LEFT JOIN pg_catalog.pg_class t ON t.oid = k.confrelid AND k.contype = 'f'
  LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
  WHERE k.contype IN ('p', 'u', 'f', 'c') AND (k.contype <> 'c' OR ${IS_ENFORCED}) AND k.conrelid IN (SELECT c.oid ${RELATIONS(after)})
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint whole
    WHERE whole.oid = k.conparentid AND k.contype = 'f' AND whole.conrelid = k.conrelid)
  ORDER BY k.conrelid, k.conname`;

export type IndexRow = {
  relation: string;
  name: string;
  /** Null where one is an expression; without those that are only included. */
  columns: (string | null)[];
  is_unique: boolean;
  is_primary: boolean;
  partial: boolean;
  constraint: boolean;
  definition: string;
};

export const indexesQuery = (
  after: number,
): string => `SELECT i.indrelid::text AS relation, x.relname AS name,
  ${columnNames('i.indrelid', '(i.indkey::int2[])[0:i.indnkeyatts - 1]')} AS columns,
  i.indisunique AS is_unique, i.indisprimary AS is_primary, i.indpred IS NOT NULL AS partial,
  EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u')) AS constraint,
  pg_get_indexdef(i.indexrelid) AS definition
  FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
  WHERE i.indisvalid AND i.indrelid IN (SELECT c.oid ${RELATIONS(after)})
  ORDER BY i.indrelid, x.relname`;

export type TypeRow = {
  oid: string;
  schema: string;
  name: string;
  kind: 'b' | 'd' | 'e' | 'p' | 'r' | 'm';
  array_of: string | null;
  base: string | null;
  base_modifier: number;
  base_sql: string | null;
  not_null: boolean;
  values: string[] | null;
  /** Of a domain. */
  checks: string[] | null;
  comment: string | null;
  /** Whether it is an enum or a domain of the user's. */
  own: boolean;
};

export const typesQuery = (
  after: number,
): string => `SELECT t.oid::text AS oid, n.nspname AS schema, t.typname AS name,
  t.typtype::text AS kind, CASE WHEN t.typcategory = 'A' AND t.typelem <> 0 THEN t.typelem::text END AS array_of,
  CASE WHEN t.typtype = 'd' THEN t.typbasetype::text END AS base, t.typtypmod AS base_modifier,
  CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END AS base_sql, t.typnotnull AS not_null,
  (SELECT json_agg(v.enumlabel ORDER BY v.enumsortorder) FROM pg_catalog.pg_enum v WHERE v.enumtypid = t.oid) AS values,
  (SELECT json_agg(pg_get_expr(k.conbin, 0) ORDER BY k.conname) FROM pg_catalog.pg_constraint k
    WHERE k.contypid = t.oid AND k.contype = 'c') AS checks,
  CASE WHEN t.oid >= 16384 THEN obj_description(t.oid, 'pg_type') END AS comment,
  t.typtype IN ('d', 'e') AND ${ownObject('pg_type', 't', after)} AS own
  FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  WHERE t.typtype <> 'c' AND NOT EXISTS (SELECT FROM pg_catalog.pg_type r WHERE r.oid = t.typelem AND r.typtype = 'c')`;

export type FunctionRow = {
  schema: string;
  name: string;
  kind: 'f' | 'p' | 'a' | 'w';
  volatility: 'i' | 's' | 'v';
  returns: string | null;
  trigger: boolean;
  comment: string | null;
  arguments: { name: string | null; mode: string | null; type: string; sql: string }[] | null;
  /** How many of the last input arguments may be left out. */
  defaults: number;
};

export const functionsQuery = (
  after: number,
): string => `SELECT n.nspname AS schema, p.proname AS name, p.prokind::text AS kind,
  p.provolatile::text AS volatility, pg_get_function_result(p.oid) AS returns,
  p.prorettype IN ('pg_catalog.trigger'::regtype, 'pg_catalog.event_trigger'::regtype) AS trigger,
  obj_description(p.oid, 'pg_proc') AS comment, p.pronargdefaults AS defaults,
  (SELECT json_agg(json_build_object('name', nullif(p.proargnames[g.place], ''), 'mode', p.proargmodes[g.place],
      'type', g.type::text, 'sql', format_type(g.type, NULL)) ORDER BY g.place)
    FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY g (type, place)) AS arguments
  FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  WHERE ${ownObject('pg_proc', 'p', after)}
  ORDER BY n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)`;

/** `public` where anything is in it, or else the schema that holds most. */
export const defaultSchemaQuery = (
  after: number,
): string => `SELECT n.nspname AS name ${RELATIONS(after)}
  GROUP BY n.nspname ORDER BY n.nspname = 'public' DESC, count(*) DESC, n.nspname LIMIT 1`;

export function searchPathQuery(schema: string): string {
  const literal = `'${schema.replaceAll("'", "''")}'`;
  return `SELECT set_config('search_path', quote_ident(E${literal.replaceAll('\\', '\\\\')}), false)`;
}
