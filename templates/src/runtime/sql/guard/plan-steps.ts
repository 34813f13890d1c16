/**
 * Members of plans as JSON whose texts name steps, tables and indexes (PostgreSQL, MySQL in both of its formats, MariaDB). All
 * others hold expressions.
 */
const NAMES = new Set(
  (
    'Node Type|Parent Relationship|Subplan Name|Join Type|Strategy|Partial Mode|Scan Direction|Relation Name|Alias|Index Name|' +
    'CTE Name|Command|Operation|table_name|schema_name|alias|access_type|join_type|join_algorithm|join_alg|buffer_type|' +
    'buffer_size|possible_keys|key|key_length|used_key_parts|index_name|index_access_type|ref|partitions|message'
  ).split('|'),
);
const NUMBER = /^[\d.]+[KMG]?$/;

/**
 * A plan without the conditions in it. Those of a view compare columns that callers do not see, and databases put the values of
 * rows that they have already found into them.
 */
export function planSteps(plan: string): string {
  return JSON.stringify(
    JSON.parse(plan) as unknown,
    (key, value: unknown) => {
      // The texts of a list are those of its member.
      if (Array.isArray(value)) {
        return NAMES.has(key) ? value : value.filter((item) => typeof item !== 'string');
      }
      const isText = typeof value === 'string' && !/^\d+$/.test(key);
      return isText && !NAMES.has(key) && !NUMBER.test(value) ? undefined : value;
    },
    1,
  );
}
