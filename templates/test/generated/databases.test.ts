import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { samples } from '../../src/generated/samples.js';
import { hasStatement, type SqlTool } from '../../src/runtime/sql/sql-tool.js';
import { hasHandler } from '../../src/runtime/tool.js';
import { allExamples, createCaller, textOf, type Example } from './support/call.js';
import { startDatabases } from './support/databases.js';
import { badStatements, goodStatements, maskedStatement } from './support/free-queries.js';
import { refusals } from './support/refusals.js';

type Page = { rows: Record<string, unknown>[]; truncated: boolean; next_cursor?: string };

const isFree = (action: string): boolean => action === 'query' || action === 'explain';

const examples = allExamples().flatMap(({ tool, args }): Example<SqlTool>[] =>
  hasStatement(tool) && !hasHandler(tool) ? [{ tool, args }] : [],
);

describe('tools of databases, on made-up rows', () => {
  let started: Awaited<ReturnType<typeof startDatabases>>;
  let caller: ReturnType<typeof createCaller>;

  before(async () => {
    started = await startDatabases();
    caller = createCaller(started.env);
  });
  after(async () => {
    await caller.close();
    await started.close();
  });

  for (const { tool, args } of examples.filter(({ tool: { sql } }) => !('writes' in sql))) {
    it(tool.name, async () => {
      const result = await caller.call(tool, args);
      assert.notEqual(result.isError, true, textOf(result));
    });
  }

  for (const { tool, args } of examples.filter(({ tool: { sql } }) => sql.action === 'list')) {
    it(`${tool.name}: pages have no gaps and no repeats`, async () => {
      const { limit: _, ...rest } = args;
      const whole = await page(tool, { ...rest, limit: 100 });
      const walked: unknown[] = [];
      let cursor: string | undefined;
      do {
        const next = await page(tool, { ...rest, limit: 1, ...(cursor && { cursor }) });
        walked.push(...next.rows);
        cursor = next.next_cursor;
        // Without a key there is no next page, and the result says so.
        if (cursor === undefined && next.truncated) return;
      } while (cursor !== undefined);
      assert.deepEqual(walked, whole.rows);
    });

    it(`${tool.name}: a column that there is not is refused by name`, async () => {
      const where = [{ column: 'no_such_column', operator: '=', value: 1 }];
      const result = await caller.call(tool, { ...args, where });
      assert.equal(result.isError, true);
      assert.match(textOf(result), /no_such_column|column/);
    });
  }

  for (const { tool, args } of examples) {
    for (const [what, changed, said] of refusals(tool, args)) {
      it(`${tool.name} refuses ${what}`, async () => {
        const result = await caller.call(tool, { ...args, ...changed });
        assert.equal(result.isError, true, textOf(result));
        assert.match(textOf(result), said);
      });
    }
  }

  for (const { tool, args } of examples.filter(({ tool: { sql } }) => isFree(sql.action))) {
    const isPostgres = samples[tool.sql.source]?.driver === 'pglite';
    const counting = String(args['sql']);
    const table = counting.slice(counting.indexOf(' FROM ') + ' FROM '.length);
    let before: unknown;

    for (const [sql, parameters] of goodStatements(table, isPostgres)) {
      it(`${tool.name} takes ${sql}`, async () => {
        before = await caller.call(tool, args);
        const result = await caller.call(tool, { sql, parameters });
        assert.notEqual(result.isError, true, textOf(result));
      });
    }

    for (const sql of badStatements(table, isPostgres)) {
      it(`${tool.name} refuses ${sql}`, async () => {
        const result = await caller.call(tool, { sql });
        assert.equal(result.isError, true, textOf(result));
      });
    }

    it(`${tool.name} has changed nothing by what it refused`, async () => {
      assert.deepEqual(await caller.call(tool, args), before);
    });
  }

  for (const { tool, args } of examples.filter(({ tool: { sql } }) => sql.action === 'query')) {
    const masked = maskedStatement(tool, String(args['sql']));
    if (masked !== undefined) {
      it(`${tool.name} shows nothing of a masked column`, async () => {
        const { rows } = await page(tool, { sql: masked });
        assert.deepEqual([...new Set(rows.map(({ shown }) => shown))], ['•••']);
      });
    }

    it(`${tool.name} says when there are more rows`, async () => {
      const sql = 'SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3';
      const { rows, truncated } = await page(tool, { sql, limit: 2 });
      assert.deepEqual([rows.length, truncated], [2, true]);
    });
  }

  // Last, because others need the rows: what a person wrote may change any of them.
  for (const { tool, args } of examples.filter(({ tool: { sql } }) => 'writes' in sql)) {
    it(`${tool.name} changes something, or nothing at all`, async () => {
      const result = await caller.call(tool, args);
      if (result.isError === true) assert.match(textOf(result), /Nothing was changed/);
    });
  }

  async function page(tool: SqlTool, args: Record<string, unknown>): Promise<Page> {
    const result = await caller.call(tool, args);
    assert.notEqual(result.isError, true, textOf(result));
    return JSON.parse(textOf(result)) as Page;
  }
});
