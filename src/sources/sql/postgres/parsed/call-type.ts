import type { FuncCall } from 'libpg-query';
import type { Catalogue, TypeUse } from './catalogue.js';
import { NUMBERS, untyped } from './common-type.js';
import { splitName, stringsOf } from './names.js';
import { arrayOf, builtin, elementOf } from './type-use.js';

const FIXED: Record<string, string> = Object.fromEntries(
  Object.entries({
    int8: 'count row_number rank dense_rank nextval currval lastval pg_relation_size pg_database_size pg_total_relation_size',
    int4: `length char_length character_length octet_length bit_length position strpos ascii array_length array_position cardinality
      json_array_length jsonb_array_length ntile array_upper array_lower`,
    text: `lower upper concat concat_ws initcap replace substr to_char string_agg btrim ltrim rtrim repeat lpad rpad format md5 chr
      translate regexp_replace split_part encode quote_ident quote_literal array_to_string to_hex left right json_extract_path_text
      jsonb_extract_path_text version obj_description col_description pg_get_viewdef`,
    bool: 'bool_and bool_or every starts_with has_table_privilege has_schema_privilege pg_has_role',
    timestamptz:
      'now clock_timestamp statement_timestamp transaction_timestamp to_timestamp make_timestamptz',
    timestamp: 'make_timestamp',
    date: 'to_date make_date',
    time: 'make_time',
    interval: 'age make_interval justify_days justify_hours justify_interval',
    numeric: 'extract to_number',
    float8: 'date_part random percent_rank cume_dist',
    float4: 'ts_rank ts_rank_cd similarity',
    json: 'json_agg json_build_object json_build_array to_json row_to_json json_object_agg json_object array_to_json',
    jsonb:
      'jsonb_agg jsonb_build_object jsonb_build_array to_jsonb jsonb_object_agg jsonb_object jsonb_set jsonb_strip_nulls',
    tsvector: 'to_tsvector setweight',
    tsquery: 'to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery',
    uuid: 'gen_random_uuid uuid_generate_v4 uuid_generate_v1 uuidv7 uuidv4',
    inet: 'inet_client_addr',
    cidr: 'network',
    name: 'current_database',
  }).flatMap(([type, names]) => names.split(/\s+/).map((name) => [name, type])),
);

/** Of the type of their first argument. */
const SAME = new Set(
  `min max abs first_value last_value nth_value lag lead mode array_append array_remove array_cat mod any_value`.split(
    /\s+/,
  ),
);
/** Of double precision unless they get a numeric. */
const ROUNDING = new Set(
  'round ceil ceiling floor trunc sqrt power exp ln log sign stddev variance stddev_pop stddev_samp var_pop var_samp'.split(
    ' ',
  ),
);

/** What a function gives: one of the script by its declaration, some of PostgreSQL by their names. */
export function callType(
  { funcname }: FuncCall,
  catalogue: Catalogue,
  types: readonly (TypeUse | undefined)[],
): TypeUse | undefined {
  const parts = stringsOf(funcname);
  const { schema, name } = splitName(parts);
  const own = catalogue.routines.filter(
    (routine) => routine.name === name && (schema === undefined || routine.schema === schema),
  );
  if (own.length > 0) return own.length === 1 && !own[0]?.returnsSet ? own[0]?.returns : undefined;
  const [first] = types;
  const base = typeof first?.base === 'string' && !first.array ? first.base : undefined;
  if (Object.hasOwn(FIXED, name)) return builtin(FIXED[name] ?? 'text');
  if (name === 'array_agg')
    return first && !first.array ? arrayOf(withoutModifier(first)) : undefined;
  if (name === 'unnest') return first?.array ? elementOf(first) : undefined;
  if (SAME.has(name)) return base === undefined ? first : bare(base);
  if (name === 'sum') return base === undefined ? undefined : sumType(base);
  if (name === 'avg') return base === undefined ? undefined : averageType(base);
  if (ROUNDING.has(name)) return roundedType(base, types.length);
  if (name === 'date_trunc') return truncatedType(types[1]);
  if (name === 'timezone') return movedType(types[1]);
  if (name === 'generate_series') return first && !untyped(first) ? first : undefined;
  if (name === 'substring' || name === 'overlay')
    return builtin(base === 'bytea' ? 'bytea' : 'text');
  return undefined;
}

/** A value that was computed has none. */
function withoutModifier(type: TypeUse): TypeUse {
  return typeof type.base === 'string' ? builtin(type.base) : type;
}

/** A value keeps no modifier, and a varchar is a text to functions. */
function bare(base: string): TypeUse {
  return builtin(base === 'varchar' || base === 'unknown' ? 'text' : base);
}

function sumType(base: string): TypeUse | undefined {
  if (base === 'int2' || base === 'int4') return builtin('int8');
  if (base === 'int8') return builtin('numeric');
  return NUMBERS.includes(base) || base === 'interval' || base === 'money'
    ? builtin(base)
    : undefined;
}

function averageType(base: string): TypeUse | undefined {
  if (base === 'float4' || base === 'float8') return builtin('float8');
  if (base === 'interval') return builtin('interval');
  return NUMBERS.includes(base) ? builtin('numeric') : undefined;
}

function roundedType(base: string | undefined, count: number): TypeUse | undefined {
  if (base === undefined || !NUMBERS.includes(base)) return undefined;
  return builtin(base === 'numeric' || count > 1 ? 'numeric' : 'float8');
}

function truncatedType(type: TypeUse | undefined): TypeUse | undefined {
  if (!type || type.array) return undefined;
  if (type.base === 'date') return builtin('timestamptz');
  return type.base === 'timestamp' || type.base === 'timestamptz' || type.base === 'interval'
    ? builtin(type.base)
    : undefined;
}

function movedType(type: TypeUse | undefined): TypeUse | undefined {
  if (type?.base === 'timestamp') return builtin('timestamptz');
  if (type?.base === 'timestamptz') return builtin('timestamp');
  return type?.base === 'timetz' || type?.base === 'time' ? builtin('timetz') : undefined;
}
