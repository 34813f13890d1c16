import { mkdtempSync, readdirSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlDatabase } from '../../../templates/src/runtime/sql/database.js';
import {
  SqlFailure,
  type SqlDriver,
  type SqlRows,
} from '../../../templates/src/runtime/sql/driver.js';
import { explainQuery, runQuery } from '../../../templates/src/runtime/sql/guard/run-query.js';
import { SECRET, SECRET_NUMBER } from './fixture.js';

export const OPTIONS = { signal: new AbortController().signal, timeoutMs: 5_000 };

export type Running = {
  /** Drivers of accounts, by what they are called. */
  accounts: Record<string, SqlDriver>;
  /** Everything that a statement could change, as one text. */
  fingerprint: () => Promise<string>;
  stop: () => Promise<void>;
};

/** Runs a table of statements: those that are good give what they give without the guard, those that are bad do nothing. */
export function runStrings(
  name: string,
  options: {
    database: SqlDatabase;
    accounts: string[];
    start: () => Promise<Running>;
    missing: string | undefined;
    good: readonly string[];
    bad: readonly string[];
    /** Of what is good there, these are statements of another server of the dialect. */
    foreign?: readonly string[];
  },
): void {
  const { database, missing, bad, foreign = [] } = options;
  const good = options.good.filter((sql) => !foreign.includes(sql));
  describe.skipIf(missing !== undefined)(missing ? `${name} (${missing})` : name, () => {
    let running: Running;
    let folder: string;
    let before: string;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'guard-strings-'));
      chmodSync(folder, 0o777);
      running = await options.start();
      before = await running.fingerprint();
    }, 120_000);
    afterAll(async () => {
      await running?.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    const account = (which: string): SqlDriver => running.accounts[which]!;
    const query = (driver: SqlDriver, sql: string): Promise<SqlRows> =>
      runQuery(database, driver, { sql, limit: 100 }, OPTIONS);

    it('has at least 150 statements, each once', () => {
      expect(good.length + bad.length).toBeGreaterThanOrEqual(150);
      expect(new Set([...good, ...bad]).size).toBe(good.length + bad.length);
    });

    for (const which of options.accounts) {
      it(`runs what is good, as ${which}`, async () => {
        const refused: string[] = [];
        for (const sql of good) {
          const driver = account(which);
          const plain = running.accounts[options.accounts[0]!]!;
          const text = sql.replace(/[\s;]*$/, '');
          try {
            const wanted = await plain.read((it) => it.run({ text, values: [] }), OPTIONS);
            const found = await query(driver, sql);
            // What is an INT of its own can be a BIGINT, which is a text, within another statement.
            expect({ sql, rows: asTexts(found) }).toEqual({ sql, rows: asTexts(wanted) });
            await explain(driver, sql).catch((error: unknown) => {
              // MySQL and MariaDB give plans of views only to who may read the tables behind them.
              if (!(error instanceof SqlFailure) || error.code !== '1345') throw error;
            });
          } catch (error) {
            refused.push(`${sql}\n    ${detailOf(error)}`);
          }
        }
        expect(refused).toEqual([]);
      }, 120_000);

      it(`lets nothing bad take effect, as ${which}`, async () => {
        const wrong: string[] = [];
        for (const template of bad) {
          const sql = template
            .replaceAll('{dir}', folder)
            .replaceAll('{secret}', SECRET)
            .replaceAll('{number}', String(SECRET_NUMBER));
          // An answer may repeat what was asked, in a plan or a message.
          const isAsked = [SECRET, String(SECRET_NUMBER)].some((text) => sql.includes(text));
          for (const run of [query, explain]) {
            const outcome = await run(account(which), sql).then(
              ({ rows }) => JSON.stringify(rows.map((row) => row.map(String))),
              (error: unknown) => {
                const known =
                  error instanceof SqlFailure || (error as Error).name === 'UserInputError';
                if (!known) return `unknown error: ${String(error)}`;
                return isAsked ? '' : (error as Error).message;
              },
            );
            const isTold = outcome.includes(SECRET) || outcome.includes(String(SECRET_NUMBER));
            const isPlan = run === explain && isAsked;
            if ((isTold && !isPlan) || outcome.startsWith('unknown')) {
              wrong.push(`${sql}: ${outcome}`);
            }
          }
        }
        expect(wrong).toEqual([]);
        expect(await running.fingerprint()).toBe(before);
        expect(readdirSync(folder)).toEqual([]);
      }, 240_000);
    }

    const explain = (driver: SqlDriver, sql: string): Promise<SqlRows> =>
      explainQuery(database, driver, { sql, limit: 100 }, OPTIONS);
  });
}

function asTexts({ rows }: SqlRows): unknown[][] {
  return rows.map((row) => row.map((cell) => (typeof cell === 'number' ? String(cell) : cell)));
}

function detailOf(error: unknown): string {
  const { message } = error as Error;
  return error instanceof SqlFailure ? `${message} ${error.detail ?? ''}` : message;
}
