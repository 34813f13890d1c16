import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const shared = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));

/** The folder that was named, or else `place` of the usual corpus. Ends the process in peace where there is none. */
export function openCorpus(named, place) {
  const folder = resolve(named ?? join(shared, place));
  if (existsSync(join(folder, 'MANIFEST.md'))) return folder;
  console.log(`no corpus at ${folder}: nothing was tried`);
  process.exit(0);
}

/**
 * Does `work(folder)` in a folder of its own, which is removed unless it shall be kept. What is thrown is told as a problem of
 * the row.
 */
export async function inProjectFolder(row, { keep }, work) {
  const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
  try {
    await work(folder);
  } catch (error) {
    row.problems.push(firstLines(error));
  } finally {
    if (keep) console.error(folder);
    else rmSync(folder, { recursive: true, force: true });
  }
  return row;
}

/** Gives a project this repository's packages in place of an installation. */
export function linkPackages(project) {
  symlinkSync(modules, join(project, 'node_modules'));
}

/** What the compiler says against a project, in short; undefined when it is content. */
export async function complaintOf(project, argv) {
  const said = await run(join(modules, '.bin/tsc'), argv, {
    cwd: project,
    maxBuffer: 2 ** 28,
  }).then(
    () => undefined,
    (error) => error.stdout || error.message,
  );
  return said && `tsc: ${said.split('\n').slice(0, 2).join(' ')}`;
}

/** Runs `work` and notes in a field of the row how many milliseconds it took. */
export async function timed(row, field, work) {
  const started = Date.now();
  const result = await work();
  row[field] = Date.now() - started;
  return result;
}

/**
 * Tries each item, so many at a time as there are lanes, and prints its rows in the order of the items. Ends with how many rows
 * have problems, which is the exit code as well.
 */
export async function tryAll(items, { lanes, tryOne, print }) {
  const queue = items.entries();
  const tried = [];
  let printed = 0;
  const lane = async () => {
    for (const [index, item] of queue) {
      tried[index] = [await tryOne(item)].flat();
      for (; tried[printed] !== undefined; printed += 1) tried[printed].forEach(print);
    }
  };
  await Promise.all(Array.from({ length: Number(lanes) }, lane));
  const rows = tried.flat();
  const failed = rows.filter(({ problems }) => problems.length > 0).length;
  console.log(`${rows.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** What went wrong: of a program that failed, the first line in which it names an error. */
function firstLines(error) {
  const said = error?.stderr?.split('\n').find((text) => /^\w*(?:Error|Failure)\b/.test(text));
  const text = said ?? String(error?.stack ?? error);
  return text.split('\n').slice(0, 3).join(' ');
}
