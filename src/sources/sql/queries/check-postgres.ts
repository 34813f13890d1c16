import { openPglite, SqlError, type Pglite } from '../postgres/pglite.js';
import { kindOfType } from '../postgres/column-type.js';
import type { FunctionModel } from '../model.js';
import type { CheckedQuery, QueryProblem, ValueKind } from './checked-query.js';
import { functionStubs } from './function-stubs.js';

const TIMEOUT_MS = 20_000;

type TypeRow = {
  oid: number;
  name: string;
  category: string;
  element: string | null;
  base: string | null;
  values: string[] | null;
};

const TYPES = `
  SELECT t.oid::int AS oid, t.typname AS name, t.typtype AS category, e.typname AS element, b.typname AS base,
         CASE WHEN t.typtype = 'e' THEN ARRAY(SELECT l.enumlabel::text FROM pg_enum l WHERE l.enumtypid = t.oid ORDER BY l.enumsortorder) END AS values
    FROM pg_type t LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A' LEFT JOIN pg_type b ON b.oid = t.typbasetype`;

/** Asks a PostgreSQL with the tables that callers see what it makes of each statement. None of them runs. */
export async function checkPostgres(
  texts: readonly string[],
  sample: readonly string[],
  functions: readonly FunctionModel[],
): Promise<(CheckedQuery | QueryProblem)[]> {
  const database = await openPglite({ extensions: [] });
  try {
    for (const statement of sample) await tryOut(database, statement);
    const rows = (await database.query(TYPES, TIMEOUT_MS)) as TypeRow[];
    const types = new Map(rows.map((row) => [row.oid, valueKind(row)]));
    const results: (CheckedQuery | QueryProblem)[] = [];
    for (const text of texts) results.push(await describe(database, text, types));
    const called = texts.filter((_, index) => isMissingFunction(results[index]!));
    if (called.length === 0) return results;
    // The sample has no functions: those of the schema are made without a body, which says enough of their types.
    await database.query('SET check_function_bodies = off', TIMEOUT_MS);
    for (const statement of functionStubs(functions, called)) await tryOut(database, statement);
    for (const [index, text] of texts.entries()) {
      if (!isMissingFunction(results[index]!)) continue;
      const result = await describe(database, text, types);
      results[index] = 'problem' in result ? result : { ...result, runsOnSample: false };
    }
    return results;
  } finally {
    await database.close();
  }
}

/** What the embedded database cannot have is missing in it. */
async function tryOut(database: Pglite, statement: string): Promise<void> {
  await database.query(statement, TIMEOUT_MS).catch((error: unknown) => {
    if (!(error instanceof SqlError)) throw error;
  });
}

function isMissingFunction(result: CheckedQuery | QueryProblem): boolean {
  return 'problem' in result && /^function .* does not exist/.test(result.problem);
}

async function describe(
  database: Pglite,
  text: string,
  types: ReadonlyMap<number, ValueKind>,
): Promise<CheckedQuery | QueryProblem> {
  try {
    const { parameters, columns } = await database.describe(text, TIMEOUT_MS);
    return {
      parameters: parameters.map((oid) => types.get(oid)),
      columns: columns.map(({ name, type }) => ({ name, type: types.get(type) })),
      runsOnSample: true,
    };
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const { message, hint, position } = error.failure;
    return {
      problem: message,
      ...(hint !== undefined && { fix: hint }),
      ...(position !== undefined && { offset: position - 1 }),
    };
  }
}

function valueKind({ name, category, element, base, values }: TypeRow): ValueKind {
  if (values !== null) return { kind: 'enum', values };
  if (element !== null) return { kind: 'array', element: kindOfType(element) };
  return { kind: kindOfType(category === 'd' && base !== null ? base : name) };
}
