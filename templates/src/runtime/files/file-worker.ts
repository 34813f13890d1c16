import { parentPort, workerData } from 'node:worker_threads';
import { UserInputError } from '../calls/user-input-error.js';
import type { PlacedFolders } from './folders.js';
import { createScope, type Scope } from './locate.js';
import type { FileReply, FileRequest } from './messages.js';
import { performFileAction } from './perform.js';

/** Works on files one after the other, without keeping anybody else waiting; ended from outside where it takes too long. */
const scopes = new Map<string, Scope>(
  Object.entries(workerData as Record<string, PlacedFolders>).map(([id, placed]) => [
    id,
    createScope(placed),
  ]),
);

parentPort?.on('message', (request: FileRequest) => {
  parentPort?.postMessage(answer(request));
});

function answer({ source, action, args }: FileRequest): FileReply {
  try {
    const scope = scopes.get(source);
    if (scope === undefined) throw new TypeError(`there are no folders ${source}`);
    return { ok: true, answer: performFileAction(scope, action, args) };
  } catch (error) {
    if (error instanceof UserInputError) return { ok: false, told: error.message };
    return { ok: false, detail: error instanceof Error ? (error.stack ?? error.message) : '' };
  }
}
