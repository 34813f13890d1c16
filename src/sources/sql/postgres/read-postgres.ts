import { diagnostic } from '../../../diagnostics/catalog.js';
import { InputError } from '../../../diagnostics/diagnostic.js';
import type { Diagnostic, Origin } from '../../../diagnostics/diagnostic.js';
import type { Skipped } from '../../../blueprint/types.js';
import type { DatabaseReading } from '../model.js';
import { BESIDE } from './beside.js';
import { describeStatement } from './classify-statement.js';
import { neededExtensions } from './extensions.js';
import { introspect } from './introspect.js';
import { loadSchema } from './load-schema.js';
import type { Loaded, Unit } from './load-schema.js';
import { SqlError } from './pglite.js';
import { openSession } from './session.js';
import type { Session } from './session.js';
import { takenFromElsewhere, scriptUnits } from './script-units.js';
import type { Statement } from './split-statements.js';
import { scriptFacts } from './stand-ins.js';
import { TIME_LIMITS } from './time-limits.js';
import { selectsInto } from './selects-into.js';
import type { TimeLimits } from './time-limits.js';
import { SUPABASE_PRELUDE, needsSupabase } from './supabase-prelude.js';

export type ReadPostgresOptions = TimeLimits & {
  signal?: AbortSignal;
  /** Statements that have been run, of all. */
  onProgress?: (done: number, total: number) => void;
};

/**
 * Reads a PostgreSQL schema by running it in an engine of our own, in memory. The files are one script in their order, as
 * migrations are. What cannot be run is told and left out. Throws an `InputError` when it takes too long, and the reason of
 * `signal` when that is aborted.
 */
export async function readPostgres(
  files: { path: string; text: string }[],
  options: ReadPostgresOptions = {},
): Promise<DatabaseReading> {
  const { timeoutMs, statementTimeoutMs } = { ...TIME_LIMITS, ...options };
  const { signal } = options;
  const { units, script } = scriptUnits(files);
  const first: Origin = { file: units[0]?.path ?? files[0]?.path ?? '', path: [] };
  const { load, use } = neededExtensions(script);
  const total = units.reduce((sum, { statements }) => sum + statements.length, 0);
  const deadline = Date.now() + timeoutMs;
  const timeLeft = (): number => {
    signal?.throwIfAborted();
    const left = deadline - Date.now();
    if (left > 0) return left;
    throw new InputError([diagnostic('MCP808', { seconds: timeoutMs / 1000 }, { origin: first })]);
  };

  timeLeft();
  const session = await openSession({ extensions: load, statementTimeoutMs, timeLeft });
  // Nothing stops a statement but the end of the engine; what waits for it then finds out why.
  const stop = (): void => void session.close();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await session.run('SET check_function_bodies = off');
    const hidden = await prepare(session, script);
    let done = 0;
    const loaded = await loadSchema(session, units, scriptFacts(script, use), () =>
      options.onProgress?.(++done, total),
    );
    const model = await introspect(
      { query: session.look },
      {
        after: hidden,
        standIns: loaded.standIns,
        origin: (oid) => session.origins.get(oid) ?? first,
      },
    );
    const { skipped, findings } = report(loaded, units);
    if (model.tables.length === 0) {
      findings.unshift(diagnostic('MCP802', { source: first.file }, { origin: first }));
    }
    return { model, skipped, findings };
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof SqlError)) throw error;
    throw new InputError([diagnostic('MCP812', { reason: error.message }, { origin: first })]);
  } finally {
    signal?.removeEventListener('abort', stop);
    await session.close();
  }
}

/** Makes what the script takes for granted; gives the highest object identifier of what is not the user's. */
async function prepare(session: Session, script: string): Promise<number> {
  if (!needsSupabase(script)) return 0;
  await session.run(SUPABASE_PRELUDE);
  const [row] = await session.look(
    'SELECT greatest((SELECT max(oid::int8) FROM pg_class), (SELECT max(oid::int8) FROM pg_proc), (SELECT max(oid::int8) FROM pg_type))::text AS oid',
  );
  return Number(row?.['oid'] ?? 0);
}

function report(
  { failed, missingExtensions, cutReferences }: Loaded,
  units: Unit[],
): { skipped: Skipped[]; findings: Diagnostic[] } {
  const skipped: Skipped[] = [];
  const findings: Diagnostic[] = [];
  for (const { name, origin } of missingExtensions) {
    findings.push(diagnostic('MCP809', { name }, { origin }));
  }
  findings.push(...takenFromElsewhere(units));
  for (const { table, path, statement } of cutReferences) {
    const fields = { statement: describeStatement(statement.text), table };
    findings.push(diagnostic('MCP813', fields, { origin: originOf(path, statement) }));
  }
  for (const one of failed) {
    const origin = originOf(one.path, one.statement);
    const what = describeStatement(one.statement.text);
    const reason = one.failure.message;
    if (one.kind === 'relation' || selectsInto(one.statement.text))
      skipped.push({ what, reason, origin });
    else if (one.kind === 'call' || BESIDE.test(one.statement.text)) {
      findings.push(diagnostic('MCP811', { statement: what, reason }, { origin }));
    } else findings.push(diagnostic('MCP801', { statement: what, reason }, { origin }));
  }
  return { skipped, findings };
}

function originOf(path: string, { line, column }: Statement): Origin {
  return { file: path, path: [], position: { line, column } };
}
