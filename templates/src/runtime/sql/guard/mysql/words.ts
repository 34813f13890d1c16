const words = (text: string): ReadonlySet<string> =>
  new Set(text.trim().toUpperCase().split(/\s+/));

/**
 * Functions of the manuals of MySQL and MariaDB that only compute, and some that give random values or the time. Left out are
 * those of files, locks, sleep, replication, the session, and whatever a person has stored.
 */
export const FUNCTIONS = words(`
  abs acos asin atan atan2 ceil ceiling conv cos cot crc32 crc32c degrees exp floor format ln log log10 log2 mod pi pow power
  radians rand round sign sin sqrt tan truncate bit_count greatest least
  ascii bin bin_to_uuid bit_length char char_length character_length chr concat concat_ws elt export_set field find_in_set
  from_base64 hex instr isnull lcase left length lengthb locate lower lpad ltrim make_set mid natural_sort_key oct
  octet_length ord position quote repeat replace reverse right rpad rtrim sformat soundex space strcmp substr substring
  substring_index to_base64 to_char trim ucase unhex upper weight_string uncompressed_length
  regexp_instr regexp_like regexp_replace regexp_substr
  adddate addtime add_months convert_tz curdate current_date current_time current_timestamp curtime date date_add date_format
  date_sub datediff day dayname dayofmonth dayofweek dayofyear extract from_days from_unixtime get_format hour last_day
  localtime localtimestamp makedate maketime microsecond minute month monthname now period_add period_diff quarter
  sec_to_time second str_to_date subdate subtime sysdate time time_format time_to_sec timediff timestamp timestampadd
  timestampdiff to_days to_seconds unix_timestamp utc_date utc_time utc_timestamp week weekday weekofyear year yearweek
  any_value coalesce if ifnull nullif nvl nvl2 cast convert interval grouping
  avg bit_and bit_or bit_xor count group_concat json_arrayagg json_objectagg max min std stddev stddev_pop stddev_samp sum
  var_pop var_samp variance
  cume_dist dense_rank first_value lag last_value lead median nth_value ntile percent_rank percentile_cont percentile_disc
  rank row_number
  json_array json_array_append json_array_insert json_compact json_contains json_contains_path json_depth json_detailed
  json_equals json_exists json_extract json_insert json_keys json_length json_loose json_merge json_merge_patch
  json_merge_preserve json_normalize json_object json_overlaps json_pretty json_query json_quote json_remove json_replace
  json_schema_valid json_search json_set json_storage_size json_type json_unquote json_valid json_value
  md5 sha sha1 sha2 uuid uuid_short uuid_to_bin is_uuid
  inet_aton inet_ntoa inet6_aton inet6_ntoa is_ipv4 is_ipv4_compat is_ipv4_mapped is_ipv6
  database schema version charset coercibility collation
  extractvalue
  st_area st_asbinary st_asgeojson st_astext st_aswkb st_aswkt st_boundary st_buffer st_centroid st_contains st_convexhull
  st_crosses st_difference st_dimension st_disjoint st_distance st_distance_sphere st_endpoint st_envelope st_equals
  st_exteriorring st_geometryn st_geometrytype st_geomfromgeojson st_geomfromtext st_geomfromwkb st_interiorringn
  st_intersection st_intersects st_isclosed st_isempty st_issimple st_isvalid st_latitude st_length st_linefromtext
  st_longitude st_makeenvelope st_numgeometries st_numinteriorrings st_numpoints st_overlaps st_pointfromtext st_pointn
  st_polyfromtext st_simplify st_srid st_startpoint st_symdifference st_touches st_transform st_union st_within st_x st_y
  point linestring polygon multipoint geometrycollection mbrcontains mbrintersects mbrwithin
`);

export const TABLE_FUNCTIONS = words('json_table');

export const BEFORE_GROUP = words(`
  select distinct from join on using where and or xor not in exists any all some as over by having when then else case union
  except intersect values row between like regexp rlike div limit lateral binary is null end escape of
  decimal numeric dec fixed varchar nchar double float datetime varbinary integer int bigint columns
`);

/** All of them reserved: no column has such a name without quotes. */
export const REFUSED = words(`
  insert update delete into table create drop alter procedure call lock
`);
