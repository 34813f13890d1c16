import { createFolder } from './actions/create-folder.js';
import { edit, type EditArguments } from './actions/edit.js';
import { find, type FindArguments } from './actions/find.js';
import { info } from './actions/info.js';
import { list, type ListArguments } from './actions/list.js';
import { move } from './actions/move.js';
import { read, type ReadArguments } from './actions/read.js';
import { remove } from './actions/remove.js';
import { search, type SearchArguments } from './actions/search.js';
import { tree, type TreeArguments } from './actions/tree.js';
import { write, type WriteArguments } from './actions/write.js';
import { complete, type CompleteArguments } from './actions/complete.js';
import { content } from './actions/content.js';
import { stamps } from './actions/stamps.js';
import type { FileAnswer } from './file-answer.js';
import { fileFailure } from './file-failure.js';
import type { FileAction } from './file-tool.js';
import type { Scope } from './locate.js';

/** What tools do, and what resources need besides. */
export type InnerAction = FileAction | 'complete' | 'content' | 'stamps';

const CHANGES: ReadonlySet<InnerAction> = new Set([
  'write',
  'edit',
  'move',
  'delete',
  'create-folder',
] as const);

/**
 * Does something in the folders, with arguments that fit the input schema of the tool. Throws an UserInputError for what the
 * caller can mend; any other error is not for callers.
 */
export function performFileAction(scope: Scope, action: InnerAction, args: unknown): FileAnswer {
  if (CHANGES.has(action) && scope.folders.access !== 'read-write') {
    throw new TypeError('these folders are read-only');
  }
  try {
    return ACTIONS[action](scope, args);
  } catch (error) {
    throw fileFailure(error, pathOf(args));
  }
}

const ACTIONS: Record<InnerAction, (scope: Scope, args: unknown) => FileAnswer> = {
  read: (scope, args) => read(scope, args as ReadArguments),
  list: (scope, args) => list(scope, args as ListArguments),
  tree: (scope, args) => tree(scope, args as TreeArguments),
  find: (scope, args) => find(scope, args as FindArguments),
  search: (scope, args) => search(scope, args as SearchArguments),
  info: (scope, args) => info(scope, args as { path: string }),
  write: (scope, args) => write(scope, args as WriteArguments),
  edit: (scope, args) => edit(scope, args as EditArguments),
  move: (scope, args) => move(scope, args as { from: string; to: string }),
  delete: (scope, args) => remove(scope, args as { path: string }),
  'create-folder': (scope, args) => createFolder(scope, args as { path: string }),
  complete: (scope, args) => complete(scope, args as CompleteArguments),
  content: (scope, args) => content(scope, args as { path: string }),
  stamps: (scope, args) => stamps(scope, args as { paths: string[] }),
};

function pathOf(args: unknown): string {
  const { path, to } = args as { path?: unknown; to?: unknown };
  return String(path ?? to ?? '');
}
