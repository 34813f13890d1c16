const words = (text: string): ReadonlySet<string> =>
  new Set(text.trim().toUpperCase().split(/\s+/));

/** Functions of SQLite's manual that only compute, and some that give random values or the time; not load_extension and the like. */
export const FUNCTIONS = words(`
  abs changes char coalesce concat concat_ws format glob hex if ifnull iif instr last_insert_rowid length like likelihood
  likely lower ltrim max min nullif octet_length printf quote random randomblob replace round rtrim sign soundex
  sqlite_source_id sqlite_version substr substring trim typeof unhex unicode unistr unistr_quote unlikely upper zeroblob
  avg count group_concat median percentile percentile_cont percentile_disc string_agg sum total
  cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number
  date time datetime julianday unixepoch strftime timediff
  acos acosh asin asinh atan atan2 atanh ceil ceiling cos cosh degrees exp floor ln log log10 log2 mod pi pow power radians
  sin sinh sqrt tan tanh trunc
  json jsonb json_array jsonb_array json_array_length json_error_position json_extract jsonb_extract json_insert jsonb_insert
  json_object jsonb_object json_patch jsonb_patch json_pretty json_remove jsonb_remove json_replace jsonb_replace json_set
  jsonb_set json_type json_valid json_quote json_group_array jsonb_group_array json_group_object jsonb_group_object
  cast
`);

export const TABLE_FUNCTIONS = words('json_each json_tree jsonb_each jsonb_tree generate_series');

export const BEFORE_GROUP = words(`
  select from join on using where and or not in exists all as over by having when then else case union except intersect
  values between like glob match regexp is isnull distinct limit offset filter materialized escape null end
  integer int bigint numeric decimal real float double varchar char text
`);

/** All of them reserved: no column has such a name without quotes. */
export const REFUSED = words('insert update delete into table create drop alter commit');
