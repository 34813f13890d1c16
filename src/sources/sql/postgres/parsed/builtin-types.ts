/** Types of pg_catalog whose printed name is another. */
const PRINTED: Record<string, string> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  varchar: 'character varying',
  varbit: 'bit varying',
  char: '"char"',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  time: 'time without time zone',
  timetz: 'time with time zone',
};

const OTHERS =
  `numeric text bpchar name uuid json jsonb bytea date interval inet cidr macaddr macaddr8 money xml bit tsvector
  tsquery point line lseg box path polygon circle oid xid xid8 cid tid regclass regproc regprocedure regoper regoperator regtype
  regrole regnamespace regconfig regdictionary regcollation int4range int8range numrange tsrange tstzrange daterange
  int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange pg_lsn pg_snapshot txid_snapshot
  jsonpath gtsvector refcursor aclitem int2vector oidvector void trigger event_trigger record cstring internal unknown
  language_handler fdw_handler index_am_handler table_am_handler tsm_handler anyelement anyarray anynonarray anyenum anyrange
  anymultirange anycompatible anycompatiblearray anycompatiblenonarray anycompatiblerange any pg_node_tree`.split(
    /\s+/,
  );

const ALL = new Set([...Object.keys(PRINTED), ...OTHERS]);

const FULL_INTERVAL = 0x7fff;
const INTERVALS: Record<number, string> = {
  [1 << 2]: ' year',
  [1 << 1]: ' month',
  [1 << 3]: ' day',
  [1 << 10]: ' hour',
  [1 << 11]: ' minute',
  [1 << 12]: ' second',
  [(1 << 2) | (1 << 1)]: ' year to month',
  [(1 << 3) | (1 << 10)]: ' day to hour',
  [(1 << 3) | (1 << 10) | (1 << 11)]: ' day to minute',
  [(1 << 3) | (1 << 10) | (1 << 11) | (1 << 12)]: ' day to second',
  [(1 << 10) | (1 << 11)]: ' hour to minute',
  [(1 << 10) | (1 << 11) | (1 << 12)]: ' hour to second',
  [(1 << 11) | (1 << 12)]: ' minute to second',
};

/** Modifiers of numeric and the character types count four bytes of a length word too. */
const HEADER = 4;

export function isBuiltin(name: string): boolean {
  return ALL.has(name);
}

/** Modifier and printed name (`format_type`) of a type of pg_catalog with what stands in its parentheses. */
export function builtinType(
  name: string,
  [first, second]: readonly number[],
): { modifier: number; printed: string } {
  const plain = PRINTED[name] ?? name;
  if (first === undefined) return { modifier: -1, printed: name === 'bit' ? '"bit"' : plain };
  switch (name) {
    case 'varchar':
      return { modifier: first + HEADER, printed: `${plain}(${first})` };
    case 'bpchar':
      return { modifier: first + HEADER, printed: `character(${first})` };
    case 'bit':
    case 'varbit':
      return { modifier: first, printed: `${plain}(${first})` };
    case 'numeric': {
      const scale = second ?? 0;
      const modifier = ((first << 16) | (scale & 0x7ff)) + HEADER;
      return { modifier, printed: `numeric(${first},${scale})` };
    }
    case 'interval': {
      const places = second === undefined ? '' : `(${second})`;
      const fields = first === FULL_INTERVAL ? '' : (INTERVALS[first] ?? '');
      return { modifier: first, printed: `interval${fields}${places}` };
    }
    case 'time':
    case 'timetz':
    case 'timestamp':
    case 'timestamptz':
      return { modifier: first, printed: plain.replace(' ', `(${first}) `) };
    default:
      return { modifier: -1, printed: plain };
  }
}
