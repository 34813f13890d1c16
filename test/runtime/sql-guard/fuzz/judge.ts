import fc from 'fast-check';
import { expect } from 'vitest';
import type { SqlDatabase } from '../../../../templates/src/runtime/sql/database.js';
import type { SqlRows, SqlSession } from '../../../../templates/src/runtime/sql/driver.js';
import type { Guard, GuardedQuery } from '../../../../templates/src/runtime/sql/guard/guard.js';
import { planSteps } from '../../../../templates/src/runtime/sql/guard/plan-steps.js';
import { SECRET } from '../fixture.js';
import { statements } from './statements.js';

/** A database as it is, and the same without everything that callers do not see. */
export type Sides = {
  session: SqlSession;
  /** Runs a text on each side. */
  whole: (text: string) => Promise<SqlRows>;
  open: (text: string) => Promise<SqlRows>;
};

/**
 * Whatever the guard lets pass gives the same where hidden tables and columns do not exist: it reads none of them. Resolves to
 * how many statements passed, and how many of those ran.
 */
export async function judge(
  guard: Guard,
  database: SqlDatabase,
  { session, whole, open }: Sides,
  numRuns: number,
): Promise<{ passed: number; ran: number }> {
  const counts = { passed: 0, ran: 0 };
  await fc.assert(
    fc.asyncProperty(statements(database.dialect), async (sql) => {
      let guarded: GuardedQuery;
      try {
        guarded = await guard({ sql, parameters: 0, database }, session);
      } catch (error) {
        // A refusal, or one of the database: no mistake of ours.
        expect(['TypeError', 'RangeError']).not.toContain((error as Error).name);
        return;
      }
      counts.passed += 1;
      const [text] = guarded.texts(50);
      const outcome = (run: Promise<SqlRows>) =>
        run.then(
          ({ rows, columns }) => JSON.stringify({ columns, rows: rows.map(String).sort() }),
          () => 'failed',
        );
      const seen = await outcome(whole(text));
      expect(seen).not.toContain(SECRET);
      const plan = await whole(guarded.explain).then(
        ({ rows }) => rows.map((cells) => planOf(guarded, cells[cells.length - 1])).join('\n'),
        () => '',
      );
      expect(plan).not.toContain(SECRET);
      if (seen !== 'failed') counts.ran += 1;
      // That view is made of other tables on the other side, and so gives its rows in another order.
      if (/\bknown\b/.test(text)) return;
      expect({ sql, text, seen: await outcome(open(text)) }).toEqual({ sql, text, seen });
    }),
    { numRuns, ...(process.env['PROPERTY_SEED'] !== 'random' && { seed: 20_240_531 }) },
  );
  return counts;
}

/** A line of a plan as callers see it; PGlite reads JSON itself. */
function planOf({ readsViews }: GuardedQuery, cell: unknown): string {
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell);
  return readsViews === true && /^[[{]/.test(text) ? planSteps(text) : text;
}
