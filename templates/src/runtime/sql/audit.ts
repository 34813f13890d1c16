import { createHash } from 'node:crypto';
import { isLogged, log } from '../log.js';
import { readChoice, type Environment } from '../settings/settings.js';
import type { SqlDriver, SqlSession } from './driver.js';

const AUDITS = ['off', 'hash', 'text'] as const;
export type SqlAudit = (typeof AUDITS)[number];

/** What the log says of statements: nothing, the hash of their text, or the text; values never. Throws SettingError. */
export function readAudit(env: Environment): SqlAudit {
  return readChoice(env, 'SQL_AUDIT', AUDITS, 'hash');
}

/** The driver, such that every statement of the tool is logged at level debug. */
export function audited(
  driver: SqlDriver,
  audit: SqlAudit,
  about: { tool: string; database: string },
): SqlDriver {
  if (audit === 'off' || !isLogged('debug')) return driver;
  const watch = (session: SqlSession): SqlSession => ({
    run: async (statement, bounds) => {
      const started = performance.now();
      const { text, values } = statement;
      const fields = {
        ...about,
        ...(audit === 'text' ? { text } : { hash: hashOf(text) }),
        parameters: values.length,
      };
      const ms = (): number => Math.round(performance.now() - started);
      try {
        const result = await session.run(statement, bounds);
        log.debug('statement', { ...fields, rows: result.rows.length, ms: ms() });
        return result;
      } catch (error) {
        log.debug('statement', { ...fields, failed: true, ms: ms() });
        throw error;
      }
    },
  });
  return {
    ...driver,
    read: (work, options) => driver.read((session) => work(watch(session)), options),
    write: (work, options) => driver.write((session) => work(watch(session)), options),
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
