import type { Skipped } from '../../../blueprint/types.js';
import { diagnostic } from '../../../diagnostics/catalog.js';
import { InputError } from '../../../diagnostics/diagnostic.js';
import type { Diagnostic, Origin } from '../../../diagnostics/diagnostic.js';
import { cutDownParts } from '../cut-down-parts.js';
import type { DatabaseReading, SourceFile } from '../model.js';
import { createPositions } from '../positions.js';
import { classifyStatement } from './classify-statement.js';
import { deepViews, MOST_LEVELS } from './deep-views.js';
import { engineModel } from './engine-model.js';
import { EngineError, runEngine } from './run-engine.js';
import type { EngineResult, Script } from './run-engine.js';
import { splitStatements } from './split-statements.js';

export type SqliteOptions = {
  /** Milliseconds for all statements together. */
  timeoutMs?: number;
};

const DEFAULT_TIMEOUT_MS = 30_000;
/** Statements that run too long and are left out before the schema is given up. */
const MOST_RESTARTS = 3;

/** A statement that is run, and where it stands. */
type Step = { script: Script; title: string; origin: Origin };

/**
 * Reads SQLite scripts by running what shapes the schema, statement by statement, in an SQLite in memory: rows and settings
 * are passed over, what fails is left out and reported. Nothing of it touches a file. Throws an InputError (MCP824) when the
 * engine breaks down or takes too long again and again.
 */
export async function readSqlite(
  files: readonly SourceFile[],
  options: SqliteOptions = {},
): Promise<DatabaseReading> {
  const skipped: Skipped[] = [];
  const findings: Diagnostic[] = [];
  const lose = (what: string, reason: string, origin: Origin): void => {
    skipped.push({ what, reason, origin });
  };
  const steps: Step[] = [];
  const origins = new Map<string, Origin>();
  const standIns = new Set<string>();
  for (const file of files) {
    const text = cutDownParts(file.text);
    const positionOf = createPositions(text);
    for (const { start, end, unclosed } of splitStatements(text)) {
      const sql = text.slice(start, end);
      const origin = { file: file.path, path: [], position: positionOf(start) };
      if (unclosed !== undefined) {
        const reason = 'a quote that begins here is never closed';
        lose(titleOf(sql), reason, { ...origin, position: positionOf(unclosed) });
        continue;
      }
      const judged = classifyStatement(sql);
      if (judged.what === 'pass') continue;
      if (judged.what === 'refuse') {
        lose(titleOf(sql), judged.reason, origin);
        continue;
      }
      steps.push({ script: judged.script, title: titleOf(sql), origin });
      const { makes, renames, standsIn } = judged;
      if (makes !== undefined && !origins.has(makes.toLowerCase()))
        origins.set(makes.toLowerCase(), origin);
      if (renames)
        origins.set(renames[1].toLowerCase(), origins.get(renames[0].toLowerCase()) ?? origin);
      if (standsIn !== undefined) standIns.add(standsIn);
    }
  }
  const deep = deepViews(steps.map(({ script }) => script.sql));
  const kept = steps.filter(({ script, title, origin }) => {
    if (!deep.has(script.sql)) return true;
    lose(title, `it stands on more than ${MOST_LEVELS} levels of queries and views`, origin);
    return false;
  });
  const { catalogue } = await run(kept, options.timeoutMs ?? DEFAULT_TIMEOUT_MS, lose);
  const whole = { file: files[0]?.path ?? '', path: [] };
  const read = engineModel(
    catalogue,
    (table) => origins.get(table.toLowerCase()) ?? whole,
    standIns,
  );
  for (const { what, reason, origin } of read.skipped) lose(what, reason, origin);
  return { model: read.model, skipped, findings };
}

/** Runs all steps; one that uses up the time is left out, and the others are run again without it. */
async function run(
  steps: readonly Step[],
  timeoutMs: number,
  lose: (what: string, reason: string, origin: Origin) => void,
): Promise<EngineResult> {
  let kept = [...steps];
  for (let restarts = 0; ; restarts += 1) {
    try {
      const statements = kept.map(({ script }) => script);
      const result = await runEngine({ path: ':memory:', statements, readOnly: false, timeoutMs });
      for (const [index, message] of result.failures) {
        const { title, origin } = kept[index]!;
        // What could not be dropped because it was not there is no loss.
        if (!/^DROP\b/i.test(title) || !message.startsWith('no such')) lose(title, message, origin);
      }
      return result;
    } catch (error) {
      const guilty =
        error instanceof EngineError && error.during !== undefined ? kept[error.during] : undefined;
      if (!guilty || restarts >= MOST_RESTARTS) {
        if (!(error instanceof EngineError)) throw error;
        throw new InputError([diagnostic('MCP824', { reason: error.message })]);
      }
      lose(guilty.title, (error as EngineError).message, guilty.origin);
      kept = kept.filter((step) => step !== guilty);
    }
  }
}

/** The first words of a statement: `CREATE TABLE orders`. */
function titleOf(sql: string): string {
  const head = sql.slice(0, 120).replace(/\s+/g, ' ');
  const end = head.search(/[(;]| AS /i);
  const text = (end === -1 ? head : head.slice(0, end)).trim();
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
