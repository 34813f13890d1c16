// @ts-check
// An SQLite in a thread that can be killed. Plain JavaScript, because a thread loads it as it stands.
import { parentPort, workerData } from 'node:worker_threads';
import sqlite from 'node-sqlite3-wasm';

/**
 * @typedef {{ sql: string, standIn?: string }} Script
 * @typedef {{ path: string, statements: Script[], readOnly: boolean, current: Int32Array }} Work
 */

/** @type {Work} */
const { path, statements, readOnly, current } = workerData;
/** A column of a view or a CHECK may call what the program that owns the database brings along. */
const MOST_MENDS = 50;
/** Statements in one transaction. */
const BATCH = 500;
const MISSING = /^no such (?:table|column|view|index)/;
const DROP = /^(?:\s|--[^\n]*\n|\/\*.*?\*\/)*DROP\b/is;
const HEAP_BYTES = 512 * 1024 * 1024;

// The thread waits to be ended: one that ends by itself while it is being ended may hang both.
parentPort?.on('message', () => undefined);

const db = new sqlite.Database(path, { readOnly, fileMustExist: path !== ':memory:' });
try {
  db.exec(`PRAGMA hard_heap_limit = ${HEAP_BYTES}`);
  // A database in WAL mode is read without shared memory only so.
  if (readOnly) db.exec('PRAGMA locking_mode = EXCLUSIVE');
  db.exec('PRAGMA foreign_keys = OFF');
  const failures = runAll();
  parentPort?.postMessage({ failures, catalogue: catalogue() });
} catch (error) {
  parentPort?.postMessage({ error: messageOf(error) });
} finally {
  db.close();
}

/**
 * Runs the statements, and those that missed a table again after all others, as long as that helps. One that drops what is not
 * there is never tried again: it might be there by then.
 */
function runAll() {
  let waiting = statements.map((_, index) => index);
  /** @type {Map<number, string>} */
  const failures = new Map();
  for (;;) {
    for (let at = 0; at < waiting.length; at += BATCH) {
      const batch = waiting.slice(at, at + BATCH);
      if (!runTogether(batch, failures)) for (const index of batch) runOne(index, failures);
    }
    const failed = waiting.filter((index) => isWaiting(index, failures.get(index)));
    if (failed.length === 0 || failed.length === waiting.length) break;
    waiting = failed;
  }
  Atomics.store(current, 0, -1);
  return [...failures].sort(([one], [other]) => one - other);
}

/**
 * @param {number} index
 * @param {string | undefined} failure
 */
function isWaiting(index, failure) {
  return MISSING.test(failure ?? '') && !DROP.test(statements[index]?.sql ?? '');
}

/**
 * Runs statements in one transaction, which is many times faster. False where the engine gave that up, as it does when it runs
 * out of memory: nothing is done then.
 * @param {number[]} batch
 * @param {Map<number, string>} failures
 */
function runTogether(batch, failures) {
  db.exec('BEGIN');
  for (const index of batch) {
    runOne(index, failures);
    if (!db.inTransaction) return false;
  }
  db.exec('COMMIT');
  return true;
}

/**
 * @param {number} index
 * @param {Map<number, string>} failures
 */
function runOne(index, failures) {
  Atomics.store(current, 0, index);
  const message = run(/** @type {Script} */ (statements[index]));
  if (message === undefined) failures.delete(index);
  else failures.set(index, message);
}

/** @param {Script} script */
function run({ sql, standIn }) {
  let text = sql;
  for (let mends = 0; ; mends += 1) {
    try {
      // Only the first statement of the text is prepared, whatever else may hide in it.
      db.run(text);
      return undefined;
    } catch (error) {
      const message = messageOf(error);
      const mended = mends < MOST_MENDS ? mend(text, message, standIn) : undefined;
      if (mended === undefined) return message;
      text = mended;
    }
  }
}

/**
 * What a statement becomes that fails for what this SQLite is not, or other builds allow: strings in double quotes, functions,
 * collations and modules of the program that owns the schema. Undefined where nothing helps.
 * @param {string} sql
 * @param {string} message
 * @param {string | undefined} standIn
 */
function mend(sql, message, standIn) {
  const string = /^no such column: "(.*)" - should this be a string literal/s.exec(message)?.[1];
  if (string !== undefined) {
    const quoted = `"${string.replaceAll('"', '""')}"`;
    if (!sql.includes(quoted)) return undefined;
    return sql.replaceAll(quoted, () => `'${string.replaceAll("'", "''")}'`);
  }
  const missing = /^no such function: (.+)$/.exec(message)?.[1];
  if (missing !== undefined) {
    const nothing = Object.defineProperty(() => null, 'length', { value: -1 });
    db.function(missing, nothing, { deterministic: true });
    return sql;
  }
  const collation = /^no such collation sequence: (.+)$/.exec(message)?.[1];
  if (collation !== undefined) {
    const escaped = collation.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const without = sql.replace(new RegExp(`\\bCOLLATE\\s+["'\`[]?${escaped}["'\`\\]]?`, 'gi'), '');
    return without === sql ? undefined : without;
  }
  return /^no such module: /.test(message) && sql !== standIn ? standIn : undefined;
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

function catalogue() {
  const objects = db.all('SELECT type, name, tbl_name AS "table", sql FROM main.sqlite_schema');
  const list = db.all("SELECT * FROM pragma_table_list WHERE schema = 'main'");
  const listed = new Set(list.map(({ name }) => name));
  // Views upon views use up the stack of the engine, which then forgets what it has.
  const lost = objects.find(
    ({ type, name }) => /^(?:table|view)$/.test(String(type)) && !listed.has(name),
  );
  if (lost) throw new Error(`the engine cannot tell what it has: ${lost['name']} is missing`);
  const tables = list
    .filter(({ name }) => !String(name).startsWith('sqlite_'))
    .map((table) => ({ ...table, ...parts(String(table['name'])) }));
  return { objects, tables };
}

/** @param {string} table */
function parts(table) {
  try {
    const indexes = db.all('SELECT * FROM pragma_index_list(?)', [table]);
    return {
      columns: db.all('SELECT * FROM pragma_table_xinfo(?)', [table]),
      foreignKeys: db.all('SELECT * FROM pragma_foreign_key_list(?)', [table]),
      indexes: indexes.map((index) => ({
        ...index,
        parts: db.all('SELECT name, cid FROM pragma_index_xinfo(?) WHERE "key" = 1', [
          /** @type {string} */ (index['name']),
        ]),
      })),
    };
  } catch (error) {
    return { columns: [], foreignKeys: [], indexes: [], error: messageOf(error) };
  }
}
