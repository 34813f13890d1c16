import { existsSync, statSync } from 'node:fs';
import { watchParent } from '../embedded/watch-parent.js';
import { createStatements, execute, type Statements } from './execute.js';
import { codeOf, type Handle } from './library.js';
import type { EngineAnswer, EngineOptions, EngineRequest } from './messages.js';
import { nodeLibrary } from './node-library.js';
import { wasmLibrary } from './wasm-library.js';

type Side = { handle: Handle; statements: Statements; readOnly: boolean; busyMs: number };

/** Runs the statements that the parent process sends, one at a time; it is killed where one takes too long. */
async function serve({ path, create, prepared }: EngineOptions): Promise<void> {
  const library = nodeLibrary() ?? (await wasmLibrary(path));
  const sides: { read?: Side; write?: Side } = {};
  let current: Side | undefined;

  const open = (readOnly: boolean): Side => {
    if (!existsSync(path) && (readOnly || !create)) throw new Error('no such file');
    const handle = library.open(path, { readOnly, create });
    handle.exec(readOnly ? 'PRAGMA query_only = ON' : 'PRAGMA foreign_keys = ON');
    return { handle, statements: createStatements(handle, prepared), readOnly, busyMs: -1 };
  };

  const begin = ({ readOnly, busyMs }: { readOnly: boolean; busyMs: number }): Side => {
    // What a killed process left is rolled back by who may write.
    if (readOnly && !sides.read && isLeft(`${path}-journal`)) recover(open(false));
    const side = readOnly ? (sides.read ??= open(true)) : (sides.write ??= open(false));
    if (side.busyMs !== busyMs) side.handle.exec(`PRAGMA busy_timeout = ${busyMs}`);
    side.busyMs = busyMs;
    side.handle.exec(readOnly ? 'BEGIN' : 'BEGIN IMMEDIATE');
    return side;
  };

  const answer = (request: EngineRequest): EngineAnswer => {
    if (request.ask === 'end') {
      // Some failures have rolled back already.
      const side = current;
      current = undefined;
      try {
        side?.handle.exec(request.command);
      } catch (error) {
        if (request.command === 'COMMIT') tryToRollBack(side);
        if (request.command === 'COMMIT') throw error;
      }
      return { result: { columns: [], rows: [], changes: 0, truncated: false } };
    }
    if (request.begin) current = begin(request.begin);
    if (!current) throw new Error('no transaction');
    const { handle, statements, readOnly } = current;
    const result = execute(statements, request, request.bounds, request.most, readOnly);
    if (request.end) {
      current = undefined;
      handle.exec('ROLLBACK');
    }
    return { result };
  };

  // A parent that is gone is told nothing, and 'disconnect' follows.
  const say = (answer: EngineAnswer): void => void process.send?.(answer, () => undefined);
  process.on('message', (request: EngineRequest) => {
    try {
      say(answer(request));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const code = codeOf(error);
      const full = library.wasFull() && message.includes('disk I/O error');
      say({
        error: full ? 'database or disk is full' : message,
        ...(code !== undefined && { code }),
      });
    }
  });
  process.on('disconnect', () => {
    for (const side of Object.values(sides)) side.handle.close();
    process.exit(0);
  });
  say({ ready: library.name });
}

function tryToRollBack(side: Side | undefined): void {
  try {
    side?.handle.exec('ROLLBACK');
  } catch {
    // It has been rolled back.
  }
}

function recover({ handle }: Side): void {
  try {
    handle.exec('BEGIN IMMEDIATE; ROLLBACK');
  } finally {
    handle.close();
  }
}

function isLeft(journal: string): boolean {
  return (statSync(journal, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

watchParent();
void serve(JSON.parse(process.argv[2] ?? '') as EngineOptions);
