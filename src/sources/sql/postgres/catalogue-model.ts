import type { Origin } from '../../../diagnostics/diagnostic.js';
import type {
  ColumnModel,
  DatabaseModel,
  DomainModel,
  ForeignKeyModel,
  FunctionModel,
  TableModel,
} from '../model.js';
import type {
  ColumnRow,
  ConstraintRow,
  FunctionRow,
  IndexRow,
  RelationRow,
  TypeRow,
} from './catalogue-queries.js';
import { columnType } from './column-type.js';
import type { TypeCatalogue } from './column-type.js';

/** Everything that is read of a catalogue, in the order in which its queries give it. */
export type CatalogueRows = {
  relations: RelationRow[];
  columns: ColumnRow[];
  constraints: ConstraintRow[];
  indexes: IndexRow[];
  types: TypeRow[];
  functions: FunctionRow[];
  defaultSchema: string;
};

export type CatalogueOptions = {
  /** Where a relation was made, by its object identifier. */
  origin: (oid: string) => Origin;
  /** Types that stand in for others, as `schema.name`: not told, and their columns are of kind `other`. */
  standIns?: ReadonlySet<string>;
};

const TABLE_KINDS: Record<RelationRow['kind'], TableModel['kind']> = {
  r: 'table',
  p: 'table',
  v: 'view',
  m: 'materialized view',
  f: 'foreign table',
};

/** What the rows of a catalogue say, whoever wrote them: a database, or the reader of a script. */
export function catalogueModel(rows: CatalogueRows, options: CatalogueOptions): DatabaseModel {
  const { standIns = new Set<string>() } = options;
  const columns = groupByRelation(rows.columns);
  const constraints = groupByRelation(rows.constraints);
  const indexes = groupByRelation(rows.indexes);
  const types: TypeCatalogue = {
    types: new Map(rows.types.map((row) => [row.oid, row])),
    standIns,
  };
  const own = rows.types.filter((row) => row.own && !standIns.has(`${row.schema}.${row.name}`));
  return {
    dialect: 'postgres',
    tables: rows.relations
      .map((relation) =>
        tableModel(relation, types, {
          columns: columns.get(relation.oid) ?? [],
          constraints: constraints.get(relation.oid) ?? [],
          indexes: indexes.get(relation.oid) ?? [],
          origin: options.origin(relation.oid),
        }),
      )
      .sort(bySchemaAndName),
    enums: own
      .filter(({ kind }) => kind === 'e')
      .map(enumModel)
      .sort(bySchemaAndName),
    domains: own
      .filter(({ kind }) => kind === 'd')
      .map((row) => domainModel(row, types))
      .sort(bySchemaAndName),
    functions: rows.functions.map((row) => functionModel(row, types)).sort(bySchemaAndName),
    defaultSchema: rows.defaultSchema,
  };
}

function tableModel(
  relation: RelationRow,
  types: TypeCatalogue,
  parts: {
    columns: ColumnRow[];
    constraints: ConstraintRow[];
    indexes: IndexRow[];
    origin: Origin;
  },
): TableModel {
  const { constraints, indexes } = parts;
  const primaryKey = constraints.find(({ kind }) => kind === 'p')?.columns;
  const parents = relation.parents ?? [];
  const unique = indexes.filter(({ is_unique, is_primary }) => is_unique && !is_primary);
  const partial = unique.filter((index) => !isWhole(index));
  return {
    schema: relation.schema,
    name: relation.name,
    kind: TABLE_KINDS[relation.kind],
    ...(relation.comment !== null && { comment: relation.comment }),
    columns: parts.columns.map((row) => columnModel(row, types)),
    ...(primaryKey && { primaryKey }),
    uniques: unique.filter(isWhole).map(({ name, columns, constraint }) => ({
      name,
      columns: columns.filter((column) => column !== null),
      constraint,
    })),
    ...(partial.length > 0 && {
      partialUniques: partial.map(({ name, definition }) => ({ name, definition })),
    }),
    foreignKeys: constraints.filter(({ kind }) => kind === 'f').map(foreignKeyModel),
    checks: constraints
      .filter(({ kind }) => kind === 'c')
      .map(({ name, expression }) => ({ name, expression: expression ?? '' })),
    indexes: indexes
      .filter((index) => !index.partial)
      .map(({ name, columns }) => ({ name, columns: leading(columns) }))
      .filter(({ columns }) => columns.length > 0),
    ...(relation.kind === 'p' && { partitioned: true as const }),
    ...(relation.partition && parents[0] && { partitionOf: parents[0] }),
    ...(!relation.partition && parents.length > 0 && { inherits: parents }),
    ...(relation.row_security && { rowLevelSecurity: true as const }),
    origin: parts.origin,
  };
}

function columnModel(row: ColumnRow, types: TypeCatalogue): ColumnModel {
  const domain = types.types.get(row.type);
  const byDomain = domain?.kind === 'd' && domain.not_null;
  // The second form is that of a default with text, as dumps of long ago have it.
  const serial = row.default !== null && /^nextval\(\(?'/.test(row.default);
  return {
    name: row.name,
    type: columnType(types, row.type, row.modifier, row.sql),
    nullable: !row.not_null && !byDomain,
    ...(row.default !== null && row.generated === '' && { default: row.default }),
    ...(row.generated !== '' && {
      generated: row.generated === 's' ? ('stored' as const) : ('virtual' as const),
      madeOf: row.made_of ?? [],
    }),
    ...(row.identity !== '' && {
      identity: row.identity === 'a' ? ('always' as const) : ('by default' as const),
    }),
    ...(serial && { autoIncrement: true as const }),
    ...(row.comment !== null && { comment: row.comment }),
  };
}

const ACTIONS: Record<string, string> = {
  r: 'RESTRICT',
  c: 'CASCADE',
  n: 'SET NULL',
  d: 'SET DEFAULT',
};

function foreignKeyModel(row: ConstraintRow): ForeignKeyModel {
  const onDelete = ACTIONS[row.on_delete];
  const onUpdate = ACTIONS[row.on_update];
  return {
    name: row.name,
    columns: row.columns ?? [],
    references: {
      ...(row.target_schema !== null && { schema: row.target_schema }),
      table: row.target ?? '',
      columns: row.target_columns ?? [],
    },
    ...(onDelete !== undefined && { onDelete }),
    ...(onUpdate !== undefined && { onUpdate }),
  };
}

function isWhole({ partial, columns }: IndexRow): boolean {
  return !partial && columns.every((column) => column !== null);
}

function leading(columns: (string | null)[]): string[] {
  const end = columns.indexOf(null);
  return columns.slice(0, end < 0 ? undefined : end).filter((column) => column !== null);
}

function enumModel(row: TypeRow): DatabaseModel['enums'][number] {
  const { schema, name, values, comment } = row;
  return { schema, name, values: values ?? [], ...(comment !== null && { comment }) };
}

function domainModel(row: TypeRow, types: TypeCatalogue): DomainModel {
  return {
    schema: row.schema,
    name: row.name,
    base: columnType(types, row.base ?? '', row.base_modifier, row.base_sql ?? ''),
    nullable: !row.not_null,
    checks: (row.checks ?? []).map((expression) => ({ expression })),
    ...(row.comment !== null && { comment: row.comment }),
  };
}

const FUNCTION_KINDS = { f: 'function', p: 'procedure', a: 'aggregate', w: 'window' } as const;
const VOLATILITIES = { i: 'immutable', s: 'stable', v: 'volatile' } as const;
/** Modes of arguments that a caller gives: in, inout, variadic. */
const GIVEN = ['i', 'b', 'v'];

function functionModel(row: FunctionRow, types: TypeCatalogue): FunctionModel {
  const given = (row.arguments ?? []).filter(({ mode }) => mode === null || GIVEN.includes(mode));
  return {
    schema: row.schema,
    name: row.name,
    kind: row.trigger ? 'trigger' : FUNCTION_KINDS[row.kind],
    volatility: VOLATILITIES[row.volatility],
    arguments: given.map(({ name, type, sql }, index) => ({
      ...(name !== null && { name }),
      type: columnType(types, type, -1, sql),
      ...(index >= given.length - row.defaults && { hasDefault: true as const }),
    })),
    ...(row.returns !== null && { returns: row.returns }),
    ...(row.comment !== null && { comment: row.comment }),
  };
}

function groupByRelation<Row extends { relation: string }>(rows: Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.relation);
    if (group) group.push(row);
    else groups.set(row.relation, [row]);
  }
  return groups;
}

function bySchemaAndName(
  a: { schema?: string; name: string },
  b: { schema?: string; name: string },
): number {
  return compare(a.schema ?? '', b.schema ?? '') || compare(a.name, b.name);
}

/** By code units: the same order everywhere. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
