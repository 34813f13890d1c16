import type { SqlDatabase, SqlTableRights } from '../../../blueprint/database.js';
import type { DatabaseModel, TableModel } from '../model.js';
import type { WrittenTable } from '../queries/written-tables.js';

const KINDS = ['create', 'update', 'delete'] as const;

/**
 * What the account of the server has to be allowed for its tools, table by table, in the order of the tables. `written` are those
 * that statements of mcp.yaml change.
 */
export function rightsOf(
  { tables }: SqlDatabase,
  models: ReadonlyMap<string, TableModel>,
  { defaultSchema, dialect }: DatabaseModel,
  written: readonly WrittenTable[] = [],
): SqlTableRights[] {
  const isSame = (one: string, other: string): boolean =>
    dialect === 'mysql' ? one.toLowerCase() === other.toLowerCase() : one === other;
  return Object.entries(tables).map(([caller, { schema, name, columns, ...table }]) => {
    const own = written.filter(
      (one) =>
        isSame(one.name, name) &&
        (schema === undefined || isSame(one.schema ?? defaultSchema ?? schema, schema)),
    );
    const writes = KINDS.filter(
      (kind) => table.writes?.includes(kind) || own.some((one) => one.kind === kind),
    );
    const model = models.get(caller)!;
    const shown = Object.entries(columns).filter(([, { masked }]) => !masked);
    const isWhole = shown.length === model.columns.length;
    const sequences = writes.includes('create')
      ? model.columns.flatMap((column) => sequenceOf(column.default, defaultSchema ?? schema))
      : [];
    return {
      name: schema === undefined ? [name] : [schema, name],
      ...(!isWhole && { select: shown.map(([column, { name: real = column }]) => real) }),
      writes,
      ...(sequences.length > 0 && { sequences }),
    };
  });
}

const NEXT = /^nextval\('((?:[^']|'')+)'::regclass\)$/;
const PART = /"((?:[^"]|"")+)"|([a-z_\u0080-\uffff][a-z0-9_$\u0080-\uffff]*)/gy;

/**
 * The sequence behind `nextval('shop.item_id_seq'::regclass)`, which whoever makes a row has to be allowed as well; that of an
 * identity column needs no right. Without a schema it is in the one where names are looked up.
 */
function sequenceOf(expression: string | undefined, schema: string | undefined): string[][] {
  const text = NEXT.exec(expression ?? '')?.[1]?.replaceAll("''", "'");
  if (text === undefined) return [];
  const parts: string[] = [];
  for (let at = 0; at <= text.length; at += 1) {
    PART.lastIndex = at;
    const found = PART.exec(text);
    if (found === null) return [];
    parts.push(found[1]?.replaceAll('""', '"') ?? found[2]!);
    at = PART.lastIndex;
    if (at < text.length && text[at] !== '.') return [];
  }
  if (parts.length === 1 && schema !== undefined) parts.unshift(schema);
  return parts.length === 2 ? [parts] : [];
}
