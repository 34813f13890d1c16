import { copyFile, mkdtemp, open, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { diagnostic } from '../../../diagnostics/catalog.js';
import { InputError } from '../../../diagnostics/diagnostic.js';
import type { DatabaseReading } from '../model.js';
import { reasonOf } from '../../read/read-file.js';
import { engineModel } from './engine-model.js';
import { runEngine } from './run-engine.js';

export type IntrospectFileOptions = {
  /** Absolute folder that a relative path starts from; the working directory unless given. */
  base?: string;
  timeoutMs?: number;
  /** Ends the thread that reads. */
  signal?: AbortSignal;
};

const DEFAULT_TIMEOUT_MS = 30_000;
const MAGIC = 'SQLite format 3\0';

/**
 * Reads the schema of an SQLite file, in WAL mode or not, also while others have it open: it is read through a link in a folder
 * of our own, so that nothing is written, not even a lock, to the file or beside it. Throws an InputError: no such file or
 * unreadable (MCP102), no database (MCP823), without a table (MCP802), unreadable inside (MCP806).
 */
export async function introspectSqliteFile(
  path: string,
  options: IntrospectFileOptions = {},
): Promise<DatabaseReading> {
  const file = resolve(options.base ?? process.cwd(), path);
  await checkHeader(file, path);
  const folder = await mkdtemp(join(tmpdir(), 'sqlite-'));
  try {
    const { place, readOnly } = await bring(file, folder);
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const { signal } = options;
    const { catalogue } = await runEngine({
      ...{ path: place, statements: [], readOnly, timeoutMs },
      ...(signal && { signal }),
    });
    const { model, skipped } = engineModel(catalogue, () => ({ file: path, path: [] }));
    if (model.tables.length === 0) throw new InputError([diagnostic('MCP802', { source: path })]);
    return { model, skipped, findings: [] };
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof InputError) throw error;
    const reason = error instanceof Error ? error.message.replaceAll(folder, '') : String(error);
    throw new InputError([diagnostic('MCP806', { address: path, reason })]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** An empty file is an empty database to SQLite: it has no table. */
async function checkHeader(file: string, shown: string): Promise<void> {
  const head = Buffer.alloc(MAGIC.length);
  let bytes: number;
  try {
    const facts = await stat(file);
    if (facts.isDirectory()) throw Object.assign(new Error('folder'), { code: 'EISDIR' });
    const handle = await open(file, 'r');
    bytes = (await handle.read(head, 0, head.length, 0)).bytesRead;
    await handle.close();
  } catch (error) {
    throw new InputError([diagnostic('MCP102', { file: shown, why: reasonOf(error) })]);
  }
  if (bytes === 0) throw new InputError([diagnostic('MCP802', { source: shown })]);
  if (head.toString('latin1') !== MAGIC)
    throw new InputError([diagnostic('MCP823', { file: shown })]);
}

/** Links the database into `folder`, with the changes that wait beside it. One that broke off in a change is copied, to be mended there. */
async function bring(file: string, folder: string): Promise<{ place: string; readOnly: boolean }> {
  const place = join(folder, basename(file));
  const isBroken = await isThere(`${file}-journal`);
  const endings = [
    '',
    ...(isBroken ? ['-journal'] : []),
    ...((await isThere(`${file}-wal`)) ? ['-wal'] : []),
  ];
  for (const ending of endings) {
    if (isBroken) await copyFile(file + ending, place + ending);
    // Links need rights that users of Windows may not have.
    else
      await symlink(file + ending, place + ending).catch(() =>
        copyFile(file + ending, place + ending),
      );
  }
  return { place, readOnly: !isBroken };
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    ({ size }) => size > 0,
    () => false,
  );
}
