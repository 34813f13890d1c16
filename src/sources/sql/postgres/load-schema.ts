import type { Origin } from '../../../diagnostics/diagnostic.js';
import { classifyStatement } from './classify-statement.js';
import type { StatementKind } from './classify-statement.js';
import { SqlError } from './pglite.js';
import type { SqlFailure } from './pglite.js';
import type { Placeholder } from './fill-variables.js';
import type { Session } from './session.js';
import type { MetaCommand, Statement } from './split-statements.js';
import { isMade, mendFailure, withoutModifiers } from './stand-ins.js';
import type { ScriptFacts } from './stand-ins.js';
import { withoutLibrary } from './without-library.js';
import { withoutReferences } from './without-references.js';

/** One file of the schema, split. */
export type Unit = {
  path: string;
  statements: Statement[];
  metaCommands: MetaCommand[];
  placeholders: Placeholder[];
};

/** A statement that could not be run, also after everything else was there. */
export type Failed = {
  path: string;
  statement: Statement;
  kind: StatementKind['kind'];
  failure: SqlFailure;
};

export type Loaded = {
  failed: Failed[];
  /** Types that stand in for those of extensions that are not there, as `schema.name`. */
  standIns: ReadonlySet<string>;
  /** Extensions that the script creates and the engine does not have. */
  missingExtensions: { name: string; origin: Origin }[];
  /** Tables that were made without their references to a table that is nowhere. */
  cutReferences: { table: string; path: string; statement: Statement }[];
};

type Pending = Failed & { searchPath: string };

type Load = {
  session: Session;
  script: ScriptFacts;
  standIns: Set<string>;
  missingExtensions: Loaded['missingExtensions'];
  cutReferences: Loaded['cutReferences'];
  mended: Set<string>;
  /** Statements that have run, so that a second copy of one is no failure. */
  done: Set<string>;
  /** What SET LOCAL will give way to at the end of its transaction. */
  outerPath?: string;
};

/** Passes over what failed, as long as each helps: at the end of each file, and at the end of all. */
const PASSES = 3;
const MOST_MENDS = 30;
/** SQLSTATEs of "already exists": running it later changes nothing. */
const THERE_ALREADY = new Set(['42P07', '42710', '42723', '42P06', '42701', '42P04', '42P16']);
const EXTENSION_MISSING = /extension "([^"]+)" is not available/;

/** Runs the statements of a schema in their order, each for itself, so that one that fails takes nothing with it. */
export async function loadSchema(
  session: Session,
  units: Unit[],
  script: ScriptFacts,
  onStatement: () => void = () => undefined,
): Promise<Loaded> {
  const load: Load = {
    session,
    script,
    standIns: new Set(),
    missingExtensions: [],
    cutReferences: [],
    mended: new Set(),
    done: new Set(),
  };
  let left: Pending[] = [];
  for (const { path, statements } of units) {
    let failed: Pending[] = [];
    for (const statement of statements) {
      onStatement();
      const failure = await runStatement(load, path, statement);
      if (failure) failed.push(failure);
    }
    failed = await retryAll(load, failed);
    left.push(...failed);
  }
  if (units.length > 1) left = await retryAll(load, left);
  for (let pass = 0; pass < PASSES; pass++) {
    const before = left.length;
    left = await retry(load, left, true);
    if (left.length === before) break;
    left = await retryAll(load, left);
  }
  const { standIns, missingExtensions, cutReferences } = load;
  return { failed: left, standIns, missingExtensions, cutReferences };
}

async function retryAll(load: Load, failed: Pending[]): Promise<Pending[]> {
  let left = failed;
  for (let pass = 0; pass < PASSES && left.length > 0; pass++) {
    const before = left.length;
    left = await retry(load, left);
    if (left.length === before) break;
  }
  return left;
}

async function runStatement(
  load: Load,
  path: string,
  statement: Statement,
): Promise<Pending | undefined> {
  const kind = classifyStatement(statement);
  switch (kind.kind) {
    case 'leave':
    case 'begin':
      return undefined;
    case 'end':
      if (load.outerPath !== undefined) await setPath(load.session, load.outerPath);
      delete load.outerPath;
      return undefined;
    case 'path':
      if (kind.local) load.outerPath ??= await currentPath(load.session);
      await load.session.run(`SET search_path TO ${kind.value}`).catch(ignoreFailure);
      return undefined;
    case 'drop':
      await load.session.run(statement.text).catch(ignoreFailure);
      return undefined;
    default:
      return attempt(load, path, statement, kind);
  }
}

/** Runs one statement, putting in what it lacks as long as that helps. */
async function attempt(
  load: Load,
  path: string,
  statement: Statement,
  kind: StatementKind,
): Promise<Pending | undefined> {
  const origin = originOf(path, statement);
  const makes = kind.kind === 'relation' ? kind.name : kind.kind === 'call' ? true : undefined;
  const copy = statement.text.replace(/\s+/g, ' ');
  let sql = statement.text;
  for (let mends = 0; ; mends++) {
    try {
      const text = withoutModifiers(sql, load.standIns);
      await load.session.run(text, { origin, ...(makes !== undefined && { makes }) });
      load.done.add(copy);
      return undefined;
    } catch (error) {
      const failure = failureOf(error);
      const schemaIsThere = failure.code === '42P06';
      if (schemaIsThere || (THERE_ALREADY.has(failure.code ?? '') && load.done.has(copy))) {
        return undefined;
      }
      const missing = EXTENSION_MISSING.exec(failure.message)?.[1];
      if (missing !== undefined) {
        load.missingExtensions.push({ name: missing, origin });
        return undefined;
      }
      const stub = sql === statement.text ? withoutLibrary(sql, failure) : undefined;
      if (stub !== undefined) {
        sql = stub;
        continue;
      }
      if (mends < MOST_MENDS && (await mend(load, failure))) continue;
      const searchPath = await currentPath(load.session);
      return { path, statement, kind: kind.kind, failure, searchPath };
    }
  }
}

async function mend(load: Load, failure: SqlFailure): Promise<boolean> {
  const found = mendFailure(failure, load.script);
  if (!found) return false;
  // The same lack twice: the first time did not help, but for a search path that was changed since.
  const key = found.key === 'search path' ? await currentPath(load.session) : found.key;
  if (load.mended.has(key)) return false;
  load.mended.add(key);
  try {
    for (const statement of found.statements) await load.session.run(statement);
  } catch (error) {
    failureOf(error);
    return false;
  }
  if (found.standIn !== undefined) load.standIns.add(found.standIn);
  return true;
}

/** Runs what failed again in its order, under its own search path and all other schemas behind it. */
async function retry(load: Load, failed: Pending[], cut = false): Promise<Pending[]> {
  const { session } = load;
  if (failed.length === 0) return failed;
  const before = await currentPath(session);
  const rest: Pending[] = [];
  for (const one of failed) {
    if (THERE_ALREADY.has(one.failure.code ?? '')) {
      rest.push(one);
      continue;
    }
    await session.run(widenedPath(one.searchPath));
    const again = cut ? await attemptWithout(load, one) : await attemptAgain(load, one);
    if (again) rest.push({ ...again, searchPath: one.searchPath });
  }
  await setPath(session, before);
  return rest;
}

function attemptAgain(load: Load, { path, statement }: Failed): Promise<Pending | undefined> {
  return attempt(load, path, statement, classifyStatement(statement));
}

/** Makes a table without its references to tables that nothing makes: they are in another script. */
async function attemptWithout(load: Load, failed: Pending): Promise<Pending | undefined> {
  let last: Pending | undefined = failed;
  let { statement } = failed;
  const tables: string[] = [];
  while (last && last.kind === 'relation' && tables.length < MOST_MENDS) {
    const table = /^relation "([^"]+)" does not exist$/.exec(last.failure.message)?.[1];
    const text = table === undefined ? undefined : withoutReferences(statement.text, table);
    if (table === undefined || text === undefined || isMade(load.script, table)) return failed;
    tables.push(table);
    statement = { ...statement, text };
    last = await attemptAgain(load, { ...failed, statement });
  }
  if (last) return failed;
  for (const table of tables) {
    load.cutReferences.push({ table, path: failed.path, statement: failed.statement });
  }
  return undefined;
}

const widenedPath = (path: string): string => `SELECT set_config('search_path', concat_ws(', ',
  nullif(${literal(path)}, ''), (SELECT string_agg(quote_ident(nspname), ', ' ORDER BY oid) FROM pg_catalog.pg_namespace
    WHERE oid >= 16384 OR nspname = 'public')), false)`;

async function currentPath(session: Session): Promise<string> {
  const [row] = await session.look(`SELECT current_setting('search_path') AS path`);
  return String(row?.['path'] ?? '');
}

function setPath(session: Session, path: string): Promise<void> {
  return session.run(`SELECT set_config('search_path', ${literal(path)}, false)`);
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function originOf(path: string, { line, column }: Statement): Origin {
  return { file: path, path: [], position: { line, column } };
}

function failureOf(error: unknown): SqlFailure {
  if (error instanceof SqlError) return error.failure;
  throw error;
}

function ignoreFailure(error: unknown): void {
  failureOf(error);
}
