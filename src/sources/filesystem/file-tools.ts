import type { FileAction, FileFolders } from '../../blueprint/folders.js';
import { uniqueNames } from '../../blueprint/tool-names.js';
import type { ToolAnnotations } from '../../blueprint/types.js';
import type { Origin } from '../../diagnostics/diagnostic.js';
import type { DraftTool } from '../reading.js';
import { argumentsOf } from './argument-schemas.js';
import { exampleOf } from './examples.js';
import { RESULTS } from './result-schemas.js';

export type FileToolsOptions = { title: string; origin: Origin; prefix: string | undefined };

const READ: ToolAnnotations = { readOnlyHint: true, openWorldHint: false };

const changes = (hints: ToolAnnotations): ToolAnnotations => ({
  readOnlyHint: false,
  ...hints,
  openWorldHint: false,
});

type Words = { name: string; title: string; description: string; annotations: ToolAnnotations };

const WORDS: Record<FileAction, Words> = {
  read: {
    name: 'read_file',
    title: 'Read a file',
    description:
      'Reads a text file, by lines or bytes, and says how to go on where there is more. Images, audio and other binaries come as content.',
    annotations: READ,
  },
  list: {
    name: 'list_folder',
    title: 'List a folder',
    description: 'Lists the files and folders of one folder with size and time of change.',
    annotations: READ,
  },
  tree: {
    name: 'tree',
    title: 'Show a tree of folders',
    description: 'Shows folders and files below a folder as an indented list.',
    annotations: READ,
  },
  find: {
    name: 'find_files',
    title: 'Find files by name',
    description: 'Finds files by a pattern of their paths, such as *.md or docs/**/index.*.',
    annotations: READ,
  },
  search: {
    name: 'search_files',
    title: 'Search in files',
    description:
      'Finds lines of text files that hold a text, or fit a regular expression (JavaScript), with the lines around them.',
    annotations: READ,
  },
  info: {
    name: 'file_info',
    title: 'Describe a file',
    description: 'Gives size, type, times, number of lines and SHA-256 of a file or folder.',
    annotations: READ,
  },
  write: {
    name: 'write_file',
    title: 'Write a file',
    description:
      'Writes a whole text file. An existing one is replaced only with overwrite; edit_file changes parts of it.',
    annotations: changes({ destructiveHint: true, idempotentHint: true }),
  },
  edit: {
    name: 'edit_file',
    title: 'Edit a file',
    description:
      'Replaces exact texts in a file and shows the difference; dry_run only shows it. All edits are made or none.',
    annotations: changes({ destructiveHint: true, idempotentHint: false }),
  },
  move: {
    name: 'move_file',
    title: 'Move or rename',
    description: 'Gives a file or folder another path. Nothing is ever replaced.',
    annotations: changes({ destructiveHint: false, idempotentHint: false }),
  },
  delete: {
    name: 'delete_file',
    title: 'Delete a file',
    description: 'Deletes a file, or a folder that is empty. It cannot be brought back.',
    annotations: changes({ destructiveHint: true, idempotentHint: true }),
  },
  'create-folder': {
    name: 'create_folder',
    title: 'Create a folder',
    description: 'Creates a folder, with those above it; one that is there stays as it is.',
    annotations: changes({ destructiveHint: false, idempotentHint: true }),
  },
};

const READS: FileAction[] = ['read', 'list', 'tree', 'find', 'search', 'info'];
const WRITES: FileAction[] = ['write', 'edit', 'move', 'delete', 'create-folder'];

/** The tools of folders, with those that change files where that is allowed. */
export function fileTools(folders: FileFolders, options: FileToolsOptions): DraftTool[] {
  const actions = folders.access === 'read-write' ? [...READS, ...WRITES] : READS;
  const names = uniqueNames(
    actions.map((action) => ({ id: WORDS[action].name, method: action, path: 'files' })),
    options.prefix,
  );
  return actions.map((action, index) => {
    const { title, description, annotations } = WORDS[action];
    return {
      name: names[index]!,
      title,
      description: `${withNames(description, names, actions)} ${placeOf(folders)}`.trim(),
      annotations,
      group: options.title,
      argumentsType: argumentsOf(action, folders),
      resultType: RESULTS[action],
      binding: { kind: 'files', source: folders.id, action },
      example: exampleOf(action, folders),
      origin: options.origin,
    };
  });
}

/** What several roots mean for every path. */
function placeOf({ roots }: FileFolders): string {
  if (roots.length === 1) return '';
  return `Paths begin with one of: ${roots.map(({ name }) => name).join(', ')}.`;
}

/** Descriptions name other tools as they are called here. */
function withNames(text: string, names: readonly string[], actions: readonly FileAction[]): string {
  return actions.reduce(
    (told, action, index) =>
      told.replace(new RegExp(`\\b${WORDS[action].name}\\b`), () => names[index]!),
    text,
  );
}
