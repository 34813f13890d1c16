import type { CheckedQuery, QueryProblem } from '../queries/checked-query.js';

type Prepared = { _getColumnNames: () => string[]; finalize: () => void };

/** Asks an SQLite with the tables that callers see to prepare each statement. None of them runs. */
export async function prepareStatements(
  texts: readonly string[],
  sample: readonly string[],
): Promise<(CheckedQuery | QueryProblem)[]> {
  const { default: sqlite } = await import('node-sqlite3-wasm');
  const database = new sqlite.Database(':memory:');
  try {
    for (const statement of sample) runSample(database, statement);
    return texts.map((text): CheckedQuery | QueryProblem => {
      try {
        const statement = database.prepare(text) as unknown as Prepared;
        const columns = statement._getColumnNames().map((name) => ({ name, type: undefined }));
        statement.finalize();
        return { parameters: [], columns, runsOnSample: true };
      } catch (error) {
        return { problem: error instanceof Error ? error.message : String(error) };
      }
    });
  } finally {
    database.close();
  }
}

/** What the embedded database cannot have is missing in it. */
function runSample(database: { exec: (text: string) => void }, statement: string): void {
  try {
    database.exec(statement);
  } catch {
    // Its tests do without it as well.
  }
}
