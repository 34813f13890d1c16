import { fitsSchema } from '../http/schema-fit.js';
import { structuredContent } from '../http/structured-content.js';
import { isRecord } from '../http/wire-text.js';
import type { JsonSchema } from '../tool.js';

type Data = Record<string, unknown>;

/**
 * The data as the output schema promises it, because clients throw away results that do not fit. Databases hold what their
 * schema does not say (texts in whole numbers of SQLite, values that were left out): such cells move to `_undocumented` of
 * their row, and everything else stays.
 */
export function structuredRows(data: Data, schema: JsonSchema): Data {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  const { rows, row } = data;
  const items = isRecord(properties['rows']) ? properties['rows']['items'] : undefined;
  const fitting = {
    ...data,
    ...(Array.isArray(rows) && { rows: rows.map((one) => fittingRow(one, items, schema)) }),
    ...(isRecord(row) && { row: fittingRow(row, properties['row'], schema) }),
  };
  return structuredContent(fitting, schema);
}

function fittingRow(row: unknown, schema: unknown, root: JsonSchema): unknown {
  const facts = resolved(schema, root);
  if (!isRecord(row) || facts === undefined) return row;
  const { properties } = facts;
  // Rows of which the schema says nothing fit as they are.
  if (!isRecord(properties)) return row;
  const fits = (name: string): boolean =>
    !Object.hasOwn(properties, name) || fitsSchema(row[name], properties[name], root);
  const names = Object.keys(row);
  const others = names.filter((name) => !fits(name));
  if (others.length === 0) return row;
  const pick = (some: readonly string[]): [string, unknown][] =>
    some.map((name) => [name, row[name]]);
  return Object.fromEntries([
    ...pick(names.filter((name) => !others.includes(name))),
    ['_undocumented', Object.fromEntries(pick(others))],
  ]);
}

/** What the schema of a row is, also where it is named in `$defs`. */
function resolved(schema: unknown, root: JsonSchema): Data | undefined {
  if (!isRecord(schema)) return undefined;
  const name = typeof schema['$ref'] === 'string' ? schema['$ref'].replace('#/$defs/', '') : '';
  const named = isRecord(root['$defs']) && Object.hasOwn(root['$defs'], name);
  const target = named ? (root['$defs'] as Data)[name] : schema;
  return isRecord(target) ? target : undefined;
}
