import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sqlBackend } from '../../../templates/src/runtime/sql/sql-backend.js';
import type { Backend } from '../../../templates/src/runtime/backend.js';
import { SqlFailure, type SqlDriver } from '../../../templates/src/runtime/sql/driver.js';
import type { SqlOperation } from '../../../templates/src/runtime/sql/sql-tool.js';
import type { JsonSchema, ServerTool } from '../../../templates/src/runtime/tool.js';
import { UserInputError } from '../../../templates/src/runtime/calls/user-input-error.js';
import { runScript } from './support/bench.js';
import { quietLog } from './support/quiet.js';
import { shopDatabase, shopScript } from './support/shop.js';
import { sqliteDriver } from './support/sqlite-driver.js';

let opened: SqlDriver;
const openDriver = vi.fn((_: { address: string }) => opened);
vi.mock('../../../templates/src/runtime/sql/drivers/open-driver.js', () => ({
  openDriver: (options: { address: string }) => openDriver(options),
}));

const runQuery = vi.fn();
vi.mock('../../../templates/src/runtime/sql/guard/run-query.js', () => ({
  runQuery: (...given: unknown[]) => runQuery(...given) as unknown,
  explainQuery: (...given: unknown[]) => runQuery('explain', ...given) as unknown,
}));

const ADDRESS = 'postgres://me:p%40ss%2Fword@db.example.com:5432/shop';
const signal = new AbortController().signal;
const tool = (operation: object, outputSchema?: JsonSchema): ServerTool => ({
  name: 'list_things',
  description: '',
  inputSchema: {},
  ...(outputSchema && { outputSchema }),
  ...{ sql: { source: 'shop', ...operation } as SqlOperation },
});
const LIST = tool({ action: 'list', table: 'log' });

function backendOf(env: Record<string, string>, more: object = {}): Backend {
  const database = { ...shopDatabase('postgres'), ...more };
  const { url: _, ...withoutUrl } = database;
  return sqlBackend({ shop: withoutUrl })({ env, userAgent: 'test/1' });
}

const failing = (failure: unknown): SqlDriver => ({
  ...opened,
  dialect: 'postgres',
  read: () => Promise.reject(failure),
  write: () => Promise.reject(failure),
});

beforeEach(async () => {
  openDriver.mockClear();
  opened = sqliteDriver();
  await runScript(opened, shopScript('sqlite'));
});
afterEach(() => opened.close());

describe('settings', () => {
  it('names the variable that is missing, and what it must be', async () => {
    const { problems, call } = backendOf({});
    const missing =
      'SHOP_URL must be set to the address of the database, e.g. postgres://user:password@host:5432/name.';
    expect(problems(LIST)).toEqual([missing]);
    expect(problems(tool({ action: 'find' }))).toEqual([]);
    expect(problems({ name: 'x', description: '', inputSchema: {} })).toEqual([]);
    const { result } = await call(LIST, {}, signal);
    expect(result.isError).toBe(true);
    expect(result.content).toEqual([
      { type: 'text', text: `list_things is not configured on this server:\n- ${missing}` },
    ]);
    const wrong = backendOf({ SHOP_URL: 'mysql://u:secret-word@h/db' }).problems(LIST);
    expect(wrong).toEqual([
      'SHOP_URL must be an address that starts with one of postgres:, postgresql:, pglite:, sqlite:, file:; e.g. postgres://user:password@host:5432/name.',
    ]);
    expect(backendOf({ SHOP_URL: ADDRESS }).problems(LIST)).toEqual([]);
    const claims = { claims: { 'app.user': 'SHOP_USER' } };
    expect(backendOf({ SHOP_URL: ADDRESS }, claims).problems(LIST)).toEqual([
      'SHOP_USER must be set: app.user.',
    ]);
    expect(openDriver).not.toHaveBeenCalled();
  });

  it('refuses a wrong SQL_AUDIT', () => {
    expect(() => backendOf({ SQL_AUDIT: 'all' })).toThrow(
      'SQL_AUDIT must be one of off, hash, text, not "all"',
    );
  });

  it('hides passwords, as they are written and as they are meant', () => {
    const { redact } = backendOf({ SHOP_URL: ADDRESS });
    expect(redact?.(`x p@ss/word y p%40ss%2Fword z ${ADDRESS}`)).toBe('x *** y *** z ***');
    const raw = backendOf({ SHOP_URL: 'postgres://me:pa@ss#w?rd@h/db' });
    expect(raw.redact?.('it is pa@ss#w?rd!')).toBe('it is ***!');
    const query = backendOf({ SHOP_URL: 'postgres://h/db?user=me&password=hid%20den' });
    expect(query.redact?.('it is hid den')).toBe('it is ***');
  });
});

describe('calls', () => {
  it('open the database once, with its claims, and close it', async () => {
    quietLog();
    const seen: unknown[] = [];
    const { read } = opened;
    opened.read = (work, options) => {
      seen.push(options);
      return read(work, options);
    };
    const closed = vi.spyOn(opened, 'close');
    const claims = { claims: { 'app.user': 'SHOP_USER' } };
    const backend = backendOf({ SHOP_URL: ADDRESS, SHOP_USER: 'u1' }, claims);
    expect(openDriver).not.toHaveBeenCalled();
    const args = { limit: 1 };
    const { result, data } = await backend.call(LIST, args, signal);
    expect(result.structuredContent).toMatchObject({ rows: [{ line: 'one', level: 1 }] });
    expect(data()).toEqual(result.structuredContent);
    await backend.call(LIST, args, signal);
    expect(openDriver).toHaveBeenCalledTimes(1);
    expect(openDriver.mock.calls[0]?.[0]).toMatchObject({ address: ADDRESS });
    expect(seen[0]).toEqual({ signal, timeoutMs: 10_000, claims: { 'app.user': 'u1' } });
    await backend.close();
    expect(closed).toHaveBeenCalledTimes(1);
    opened = sqliteDriver();
  });

  it('fit the output schema: what does not is set apart in its row', async () => {
    quietLog();
    const schema = (row: JsonSchema): JsonSchema => ({
      type: 'object',
      properties: { rows: { type: 'array', items: row }, truncated: { type: 'boolean' } },
      required: ['rows', 'truncated'],
      $defs: { Line: { properties: { line: { type: 'number' }, level: { type: 'integer' } } } },
    });
    const backend = backendOf({ SHOP_URL: ADDRESS });
    const rowsFor = async (row: JsonSchema): Promise<unknown> => {
      const listing = tool({ action: 'list', table: 'log' }, schema(row));
      const { result } = await backend.call(listing, { limit: 3 }, signal);
      const text = result.content[0]?.type === 'text' ? result.content[0].text : '';
      expect(JSON.parse(text)).toMatchObject({ rows: [{ line: 'one', level: 1 }, {}, {}] });
      expect(result.structuredContent).toMatchObject({ truncated: false });
      return result.structuredContent?.['rows' as never];
    };
    const line = { properties: { line: { type: 'string' } } };
    expect(await rowsFor(line)).toEqual([
      { line: 'one', level: 1 },
      { line: 'two', level: 2 },
      { line: 'three', level: null },
    ]);
    expect(await rowsFor({ $ref: '#/$defs/Line' })).toEqual([
      { level: 1, _undocumented: { line: 'one' } },
      { level: 2, _undocumented: { line: 'two' } },
      { _undocumented: { line: 'three', level: null } },
    ]);
  });

  it('tell failures by their kind, with the detail in the log', async () => {
    const lines = quietLog();
    const told = async (failure: unknown, operation: object): Promise<string> => {
      opened = failing(failure);
      const backend = backendOf({ SHOP_URL: ADDRESS });
      const { result } = await backend.call(tool(operation), { key: { id: 1 } }, signal);
      expect(result.isError).toBe(true);
      const [content] = result.content;
      return content?.type === 'text' ? content.text.replace(/[0-9a-f]{8}$/, '…') : '';
    };
    const list = { action: 'list', table: 'log' };
    const remove = { action: 'delete', table: 'customers' };
    const detail = `host db.example.com, password p@ss/word`;
    expect(
      await told(new SqlFailure('unavailable', 'The database is away.', { detail }), list),
    ).toBe('list_things failed: The database is away.\nTry again later.\nReference: …');
    expect(lines.join('')).toContain('host db.example.com, password ***');
    expect(await told(new SqlFailure('timeout', 'Too slow.', { applied: 'unknown' }), remove)).toBe(
      'list_things failed: Too slow.\nIt is unknown whether the change was made: look before trying again.\nAsk for less: narrower conditions, on columns that have an index, or fewer rows.\nReference: …',
    );
    expect(await told(new SqlFailure('conflict', 'No.'), remove)).toBe(
      'list_things failed: No.\nNothing was changed.\nLook at the present state, then call again with other values.\nReference: …',
    );
    expect(await told(new Error('secret of ours'), list)).toBe(
      'list_things failed: there was an error in this server.\nReference: …',
    );
    expect(lines.join('')).toContain('secret of ours');
  });

  it('try to open again after that failed', async () => {
    quietLog();
    const backend = backendOf({ SHOP_URL: ADDRESS });
    openDriver.mockImplementationOnce(() => {
      throw new SqlFailure('internal', 'The driver is missing.');
    });
    const first = await backend.call(LIST, { limit: 1 }, signal);
    expect(first.result.isError).toBe(true);
    const second = await backend.call(LIST, { limit: 1 }, signal);
    expect(second.result.isError).toBeUndefined();
  });
});

describe('free queries', () => {
  it('go through the guard, and their rows are bounded like others', async () => {
    quietLog();
    const backend = backendOf({ SHOP_URL: ADDRESS });
    const rows = [
      ['1', new Uint8Array(65)],
      ['2', null],
    ];
    const answer = { columns: ['n', 'n'], rows, changes: 0, truncated: false, masked: [] };
    runQuery.mockResolvedValue(answer);
    const args = { sql: 'SELECT 1', parameters: ['x'], limit: 1 };
    const { result } = await backend.call(tool({ action: 'query' }), args, signal);
    expect(result.structuredContent).toEqual({
      rows: [{ n: '1', n_2: null, _omitted: { n_2: '65 bytes' } }],
      truncated: true,
      notes: ['There are more rows: use LIMIT and OFFSET, or a condition.'],
    });
    const [database, , query, options] = runQuery.mock.calls[0] as [
      { id: string },
      unknown,
      object,
      object,
    ];
    expect(database.id).toBe('shop');
    expect(query).toEqual(args);
    expect(options).toEqual({ signal, timeoutMs: 10_000 });
    await backend.call(tool({ action: 'explain' }), { sql: 'SELECT 1' }, signal);
    expect(runQuery.mock.calls[1]?.[0]).toBe('explain');
    const plan = Array.from({ length: 300 }, (_, index) => [`line ${index}`]);
    runQuery.mockResolvedValue({
      columns: ['plan'],
      rows: plan,
      changes: 0,
      truncated: false,
      masked: [],
    });
    const explained = await backend.call(tool({ action: 'explain' }), { sql: 'SELECT 1' }, signal);
    expect(explained.result.structuredContent).toEqual({
      plan: plan.map(([line]) => line).join('\n'),
    });
    runQuery.mockRejectedValue(new UserInputError('Only one statement.'));
    const refused = await backend.call(tool({ action: 'query' }), args, signal);
    expect(refused.result).toEqual({
      content: [{ type: 'text', text: 'Only one statement.' }],
      isError: true,
    });
  });
});

describe('the log', () => {
  it('has each statement by hash, as text, or not at all; never values', async () => {
    const logged = async (audit: string): Promise<string[]> => {
      const lines = quietLog('debug');
      const backend = backendOf({ SHOP_URL: ADDRESS, SQL_AUDIT: audit });
      const where = [{ column: 'line', operator: '=', value: 'hidden value' }];
      await backend.call(LIST, { where, limit: 1 }, signal);
      expect(lines.join('')).not.toContain('hidden value');
      return lines.filter((line) => line.includes('statement'));
    };
    const [hash] = await logged('hash');
    expect(hash).toMatch(
      /statement tool="list_things" database="shop" hash="[0-9a-f]{16}" parameters=1 rows=0 ms=\d+/,
    );
    const [text] = await logged('text');
    expect(text).toContain('FROM \\"log\\" AS t WHERE (t.\\"line\\" = ?) LIMIT 2" parameters=1');
    expect(await logged('off')).toEqual([]);
  });

  it('warns of rights at start, and of a database that is away', async () => {
    const lines = quietLog();
    const asked = vi.spyOn(opened, 'inspectRights');
    await backendOf({ SHOP_URL: ADDRESS }).prepare?.();
    expect(lines.join('')).toContain('finding="The file can be written."');
    expect(asked).toHaveBeenCalledWith({
      writes: true,
      tables: expect.arrayContaining(['customers', 'orders']) as unknown,
    });
    asked.mockRejectedValue(new SqlFailure('unavailable', 'It is away.'));
    await backendOf({ SHOP_URL: ADDRESS }).prepare?.();
    expect(lines.at(-1)).toContain('reason="It is away."');
    await backendOf({}).prepare?.();
  });
});
