import type { CallToolResult } from '@modelcontextprotocol/server';
import { callSqlTool } from '../../../../templates/src/runtime/sql/call-sql-tool.js';
import type { SqlDatabase } from '../../../../templates/src/runtime/sql/database.js';
import type { SqlDriver } from '../../../../templates/src/runtime/sql/driver.js';
import type { SqlOperation } from '../../../../templates/src/runtime/sql/sql-tool.js';

const OPTIONS = { signal: new AbortController().signal, timeoutMs: 60_000 };

/** Runs statements, each by itself. */
export async function runScript(driver: SqlDriver, statements: readonly string[]): Promise<void> {
  for (const text of statements) {
    await driver.write((session) => session.run({ text, values: [] }), OPTIONS);
  }
}

export type Answer = {
  /** What the tool gave, or undefined. */
  data: Record<string, unknown> & { rows: Record<string, unknown>[] };
  /** The text of an error, or undefined. */
  error: string | undefined;
  result: CallToolResult;
};

type Action = Exclude<SqlOperation['action'], 'statement'>;

/** Calls tools on a driver the way the server does. */
export function shopCaller(database: SqlDatabase, driver: SqlDriver, maxResultChars = 100_000) {
  const connections = {
    database: (id: string) => (id === database.id ? database : undefined),
    problems: () => [],
    driver: async () => driver,
    claims: () => undefined,
    check: async () => undefined,
    redact: (text: string) => text,
    close: async () => undefined,
  };
  const run = async (sql: SqlOperation, args: Record<string, unknown>): Promise<Answer> => {
    const tool = { name: 'tool', description: '', inputSchema: {}, sql };
    const outcome = await callSqlTool(tool, args, {
      connections,
      audit: 'hash',
      maxResultChars,
      signal: OPTIONS.signal,
    });
    const { result } = outcome;
    const [first] = result.content;
    const text = first?.type === 'text' ? first.text : '';
    const error = result.isError ? text : undefined;
    if (error === undefined && JSON.stringify(result.structuredContent) !== text) {
      throw new Error(`text and structured content differ: ${text}`);
    }
    return { data: (result.structuredContent ?? {}) as Answer['data'], error, result };
  };
  const call = (action: Action, args: Record<string, unknown>, table?: string): Promise<Answer> =>
    run(
      { source: database.id, action, ...(table !== undefined && { table }) } as SqlOperation,
      args,
    );
  return { call, run };
}

/** The rows; throws the error instead. */
export function rowsOf({ data, error }: Answer): Record<string, unknown>[] {
  if (error !== undefined) throw new Error(error);
  return data.rows;
}
