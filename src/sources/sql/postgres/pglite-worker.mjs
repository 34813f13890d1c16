// @ts-check
// A PostgreSQL in a thread that can be killed. Plain JavaScript, because a thread loads it as it stands.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

/**
 * @typedef {{ id: number, sql: string, describe?: boolean }} Request
 * @typedef {{ message: string, code?: string, detail?: string, hint?: string, position?: string }} Failure
 */

/** @type {{ extensions: string[], cachePath?: string }} */
const { extensions, cachePath } = workerData;

/** Names of packages are those of SQL, but for the hyphen. */
async function loadExtensions() {
  const loaded = await Promise.all(
    extensions.map(async (name) => {
      const key = name.replaceAll('-', '_');
      const module = await import(`@electric-sql/pglite/contrib/${key}`);
      return [key, module[key]];
    }),
  );
  return Object.fromEntries(loaded);
}

/** A new cluster takes seconds to make: it is kept, empty and small. */
async function open() {
  const options = { extensions: await loadExtensions() };
  if (cachePath === undefined) return PGlite.create(options);
  const kept = await readFile(cachePath).catch(() => undefined);
  if (kept) {
    const loadDataDir = new File([kept], 'data.tar.gz', { type: 'application/gzip' });
    return PGlite.create({ ...options, loadDataDir });
  }
  const database = await PGlite.create({ ...options, initDbStartParams: ['--wal-segsize=1'] });
  await keep(database, cachePath);
  return database;
}

/**
 * @param {PGlite} database
 * @param {string} path
 */
async function keep(database, path) {
  try {
    await database.exec(`UPDATE pg_database SET datistemplate = false`);
    await database.exec('DROP DATABASE template0');
    await database.exec('DROP DATABASE template1');
    const dump = await database.dumpDataDir('gzip');
    await mkdir(dirname(path), { recursive: true });
    const temporary = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
    await writeFile(temporary, Buffer.from(await dump.arrayBuffer()), { flag: 'wx', mode: 0o600 });
    await rename(temporary, path);
  } catch {
    // Without a place to keep it the next run makes it again.
  }
}

/** @param {string} sql */
async function description(sql) {
  const { queryParams, resultFields } = await database.describeQuery(sql);
  return {
    parameters: queryParams.map(({ dataTypeID }) => dataTypeID),
    columns: resultFields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })),
  };
}

const database = await open();
parentPort?.on('message', async (/** @type {Request} */ { id, sql, describe }) => {
  try {
    if (describe) {
      parentPort?.postMessage({ id, rows: [await description(sql)] });
      return;
    }
    const results = await database.exec(sql);
    // After COPY with a program the engine takes everything and does nothing.
    if (results.length === 0) throw new Error('it gave no answer');
    parentPort?.postMessage({ id, rows: results.at(-1)?.rows ?? [] });
  } catch (thrown) {
    const { message, code, detail, hint, position } = /** @type {Failure} */ (thrown);
    const failure = { message: String(message), code, detail, hint };
    const place = position === undefined ? {} : { position: Number(position) };
    parentPort?.postMessage({ id, failure: { ...failure, ...place } });
  }
});
parentPort?.postMessage({ ready: true });
