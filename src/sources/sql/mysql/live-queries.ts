/** Rows of the catalogue of one database. `null` is where it knows nothing. */
export type CatalogueRows = {
  /** Whether defaults come as SQL text and not as bare values. */
  hasSqlDefaults: boolean;
  isMariadb: boolean;
  /** The queries of views; empty where the user may not see them. */
  views: { name: string; query: string | null }[];
  tables: { name: string; type: string; comment: string | null; options: string | null }[];
  columns: ColumnRow[];
  /** Of generated columns; empty text where the user may not see it. */
  generated: { table: string; name: string; expression: string | null }[];
  keys: KeyRow[];
  foreignKeys: ForeignKeyRow[];
  checks: { table: string; name: string; expression: string }[];
  /** Tables whose constraints the user may see. */
  open: { name: string }[];
  triggers: { table: string; name: string }[];
  routines: RoutineRow[];
  parameters: { kind: string; routine: string; name: string; mode: string; type: string }[];
};

export type ColumnRow = {
  table: string;
  name: string;
  default: string | null;
  nullable: string;
  type: string;
  extra: string;
  comment: string;
};

/** One column of a key; `column` is null for an expression. */
export type KeyRow = {
  table: string;
  name: string;
  nonUnique: number;
  type: string;
  column: string | null;
};

export type ForeignKeyRow = {
  table: string;
  name: string;
  column: string;
  schema: string;
  target: string;
  targetColumn: string;
  onDelete: string;
  onUpdate: string;
};

export type RoutineRow = {
  kind: string;
  name: string;
  deterministic: string;
  access: string;
  comment: string;
  returns: string | null;
};

/** What is asked of information_schema; each of them of the current database. */
export const QUERIES: Record<
  Exclude<keyof CatalogueRows, 'hasSqlDefaults' | 'isMariadb' | 'checks' | 'generated'>,
  string
> = {
  tables:
    'SELECT table_name AS `name`, table_type AS `type`, table_comment AS `comment`, create_options AS `options` ' +
    'FROM information_schema.tables WHERE table_schema = DATABASE()',
  views:
    'SELECT table_name AS `name`, view_definition AS `query` FROM information_schema.views ' +
    'WHERE table_schema = DATABASE()',
  columns:
    'SELECT table_name AS `table`, column_name AS `name`, column_default AS `default`, is_nullable AS `nullable`, ' +
    'column_type AS `type`, extra AS `extra`, column_comment AS `comment` ' +
    'FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position',
  keys:
    'SELECT table_name AS `table`, index_name AS `name`, non_unique AS `nonUnique`, index_type AS `type`, ' +
    'column_name AS `column` FROM information_schema.statistics WHERE table_schema = DATABASE() ' +
    "ORDER BY table_name, index_name <> 'PRIMARY', index_name, seq_in_index",
  foreignKeys:
    'SELECT k.table_name AS `table`, k.constraint_name AS `name`, k.column_name AS `column`, ' +
    'k.referenced_table_schema AS `schema`, k.referenced_table_name AS `target`, ' +
    'k.referenced_column_name AS `targetColumn`, r.delete_rule AS `onDelete`, r.update_rule AS `onUpdate` ' +
    'FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r ' +
    'ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name ' +
    'AND r.table_name = k.table_name ' +
    'WHERE k.table_schema = DATABASE() AND k.referenced_table_name IS NOT NULL ' +
    'ORDER BY k.table_name, k.constraint_name, k.ordinal_position',
  open:
    'SELECT DISTINCT table_name AS `name` FROM information_schema.table_constraints ' +
    'WHERE table_schema = DATABASE()',
  triggers:
    'SELECT event_object_table AS `table`, trigger_name AS `name` FROM information_schema.triggers ' +
    'WHERE trigger_schema = DATABASE()',
  routines:
    'SELECT routine_type AS `kind`, routine_name AS `name`, is_deterministic AS `deterministic`, ' +
    'sql_data_access AS `access`, routine_comment AS `comment`, dtd_identifier AS `returns` ' +
    'FROM information_schema.routines WHERE routine_schema = DATABASE() ' +
    "AND routine_type IN ('FUNCTION', 'PROCEDURE') ORDER BY routine_name",
  parameters:
    'SELECT routine_type AS `kind`, specific_name AS `routine`, parameter_name AS `name`, parameter_mode AS `mode`, ' +
    'dtd_identifier AS `type` FROM information_schema.parameters ' +
    'WHERE specific_schema = DATABASE() AND ordinal_position > 0 ORDER BY specific_name, ordinal_position',
};

/** MySQL before 5.7 and MariaDB before 10.2.5 do not tell. */
export const GENERATED =
  'SELECT table_name AS `table`, column_name AS `name`, generation_expression AS `expression` ' +
  "FROM information_schema.columns WHERE table_schema = DATABASE() AND generation_expression <> ''";

/** MariaDB says whose a check is; MySQL (since 8.0.16) keeps names unique in a database and joins. */
export const CHECKS = {
  mariadb:
    'SELECT table_name AS `table`, constraint_name AS `name`, check_clause AS `expression` ' +
    'FROM information_schema.check_constraints WHERE constraint_schema = DATABASE() ' +
    'ORDER BY table_name, constraint_name',
  mysql:
    'SELECT t.table_name AS `table`, t.constraint_name AS `name`, c.check_clause AS `expression` ' +
    'FROM information_schema.check_constraints c JOIN information_schema.table_constraints t ' +
    'ON t.constraint_schema = c.constraint_schema AND t.constraint_name = c.constraint_name ' +
    "WHERE c.constraint_schema = DATABASE() AND t.constraint_type = 'CHECK' AND t.enforced = 'YES' " +
    'ORDER BY t.table_name, t.constraint_name',
};
