const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Types that need not be asked about. */
export const BUILT_IN_TYPES = words(`
  bit bool boolean box bpchar bytea char cidr circle date datemultirange daterange decimal float float4 float8 inet int int2
  int4 int4multirange int4range int8 int8multirange int8range integer interval json jsonb jsonpath line lseg macaddr macaddr8
  money name numeric nummultirange numrange path point polygon real record smallint text time timestamp timestamptz timetz
  tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector uuid varbit varchar
`);

/** Types whose values stand for things of the catalogue: their input looks names up. */
export const CLOSED_TYPES = words(`
  regclass regcollation regnamespace regoper regoperator regproc regprocedure regrole regtype _regclass _regcollation
  _regnamespace _regoper _regoperator _regproc _regprocedure _regrole _regtype refcursor
`);
