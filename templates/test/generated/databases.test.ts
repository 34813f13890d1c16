import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hasStatement, type SqlTool } from '../../src/runtime/sql/sql-tool.js';
import { hasHandler } from '../../src/runtime/tool.js';
import { allExamples, createCaller, textOf, type Example } from './support/call.js';
import { startDatabases } from './support/databases.js';

type Page = { rows: Record<string, unknown>[]; truncated: boolean; next_cursor?: string };

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

  for (const { tool, args } of examples) {
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

  async function page(tool: SqlTool, args: Record<string, unknown>): Promise<Page> {
    const result = await caller.call(tool, args);
    assert.notEqual(result.isError, true, textOf(result));
    return JSON.parse(textOf(result)) as Page;
  }
});
