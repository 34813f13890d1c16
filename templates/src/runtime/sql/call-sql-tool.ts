import { randomUUID } from 'node:crypto';
import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Outcome } from '../calls/answer.js';
import { cleanText, cutText } from '../http/clean-text.js';
import { describeError, log } from '../log.js';
import { notReady } from '../calls/readiness.js';
import { UserInputError } from '../calls/user-input-error.js';
import { audited, type SqlAudit } from './audit.js';
import type { SqlConnections } from './connections.js';
import { SqlFailure, type SqlFailureKind } from './driver.js';
import { errorResult, failureResult } from './failure-result.js';
import { needsDatabase, runAction, runOffline } from './run-action.js';
import type { SqlData } from './sql-call.js';
import { dialectOf } from './dialect.js';
import type { SqlOperation, SqlTool } from './sql-tool.js';
import { structuredRows } from './structured-rows.js';

export type SqlCallContext = {
  connections: SqlConnections;
  audit: SqlAudit;
  maxResultChars: number;
  /** Fires when the client cancels or the time for the call is up. */
  signal: AbortSignal;
};

const MAX_MESSAGE_CHARS = 4_000;

/**
 * Does what a tool does with its database and turns whatever happens into a result. The arguments fit the input schema.
 * Never throws: each failure is a result with `isError` whose text says what to change, and names the log entry.
 */
export async function callSqlTool(
  tool: SqlTool,
  args: Record<string, unknown>,
  context: SqlCallContext,
): Promise<Outcome> {
  const { connections } = context;
  const redact = (text: string): string => connections.redact(text);
  try {
    const problems = needsDatabase(tool.sql) ? connections.problems(tool.sql.source) : [];
    // Asked again here: handlers make calls that nobody has asked for.
    if (problems.length > 0) return failed(errorResult([notReady(tool, problems)]));
    const { data, text } = await perform(tool, args, context);
    const result = resultOf(tool, data, text ?? JSON.stringify(data));
    return { result, data: () => data };
  } catch (error) {
    if (error instanceof UserInputError) {
      return failed(errorResult([cutText(cleanText(redact(error.message)), MAX_MESSAGE_CHARS)]));
    }
    const reference = randomUUID().slice(0, 8);
    const failure = error instanceof SqlFailure ? error : undefined;
    const detail = redact(failure === undefined ? describeError(error) : (failure.detail ?? ''));
    log.warn('database call failed', {
      reference,
      tool: tool.name,
      database: tool.sql.source,
      kind: failure?.kind ?? 'internal',
      code: failure?.code,
      reason: redact(failure?.message ?? 'internal error'),
      detail: holdsValues(failure?.kind) ? '(at level debug)' : detail,
    });
    if (holdsValues(failure?.kind)) log.debug('the database said', { reference, detail });
    const told =
      failure ??
      new SqlFailure('internal', 'there was an error in this server.', { applied: 'unknown' });
    return failed(failureResult(tool.name, told, { writes: writes(tool.sql), reference, redact }));
  }
}

async function perform(
  { name, sql }: SqlTool,
  args: Record<string, unknown>,
  { connections, audit, signal, maxResultChars }: SqlCallContext,
): Promise<SqlData> {
  const database = connections.database(sql.source);
  if (database === undefined) throw new TypeError(`there is no database ${sql.source}`);
  if (!needsDatabase(sql)) return runOffline(database, sql, args, maxResultChars);
  const driver = await connections.driver(sql.source);
  const claims = connections.claims(sql.source);
  return runAction(sql, args, {
    database,
    driver: audited(driver, audit, { tool: name, database: database.id }),
    dialect: dialectOf(driver.dialect),
    session: { signal, timeoutMs: database.limits.timeoutMs, ...(claims && { claims }) },
    maxResultChars,
  });
}

function resultOf(
  { outputSchema }: SqlTool,
  data: Record<string, unknown>,
  text: string,
): CallToolResult {
  const content: CallToolResult['content'] = [{ type: 'text', text }];
  if (outputSchema === undefined) return { content, structuredContent: data };
  return { content, structuredContent: structuredRows(data, outputSchema) };
}

function writes(operation: SqlOperation): boolean {
  const { action } = operation;
  if (action === 'statement') return 'writes' in operation && operation.writes === true;
  return action === 'create' || action === 'update' || action === 'delete';
}

function failed(result: CallToolResult): Outcome {
  return { result, data: () => undefined };
}

/** What a database says of keys and values that it refuses names those of rows: only for who looks for it. */
function holdsValues(kind: SqlFailureKind | undefined): boolean {
  return kind === 'conflict' || kind === 'value';
}
