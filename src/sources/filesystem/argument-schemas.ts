import type { FileAction, FileFolders } from '../../blueprint/folders.js';
import type { JsonSchema } from '../../blueprint/types.js';

/** What the tool for an action takes. */
export function argumentsOf(action: FileAction, folders: FileFolders): JsonSchema {
  const { properties, required } = ARGUMENTS[action](folders);
  return {
    type: 'object',
    properties,
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

type Arguments = { properties: Record<string, JsonSchema>; required: string[] };

const ARGUMENTS: Record<FileAction, (folders: FileFolders) => Arguments> = {
  read: (folders) => ({
    properties: {
      path: pathOf('Path of the file', folders),
      unit: {
        type: 'string',
        enum: ['lines', 'bytes'],
        default: 'lines',
        description: 'What offset and limit count; bytes for very large files',
      },
      offset: integer('How many lines or bytes to leave out', 0),
      limit: integer('Most lines or bytes; as many as fit unless given', 1),
    },
    required: ['path'],
  }),
  list: (folders) => ({
    properties: {
      path: startOf(folders),
      offset: integer('How many entries to leave out', 0),
      limit: limitOf('Most entries', 200, folders),
    },
    required: [],
  }),
  tree: (folders) => ({
    properties: {
      path: startOf(folders),
      depth: { ...integer('How many folders deep', 1, 20), default: 3 },
      limit: limitOf('Most entries', 500, folders),
    },
    required: [],
  }),
  find: (folders) => ({
    properties: {
      pattern: globOf('Pattern with *, ?, [a-z], {a,b} and ** for folders; without "/" any depth'),
      path: startOf(folders),
      limit: limitOf('Most paths', 200, folders),
    },
    required: ['pattern'],
  }),
  search: (folders) => ({
    properties: {
      query: {
        type: 'string',
        minLength: 1,
        maxLength: 1_000,
        description: 'Text to look for in a line, or a regular expression with regex',
      },
      regex: flag('The query is a regular expression'),
      ignore_case: flag('Upper and lower case are one'),
      path: startOf(folders),
      glob: globOf('Only in files whose path fits, such as *.md'),
      context: { ...integer('Lines to show before and after each match', 0, 20), default: 0 },
      limit: limitOf('Most matches', 100, folders),
    },
    required: ['query'],
  }),
  info: (folders) => ({
    properties: { path: pathOf('Path of the file or folder', folders) },
    required: ['path'],
  }),
  write: (folders) => ({
    properties: {
      path: pathOf('Path of the file; its folder must exist', folders),
      content: { type: 'string', description: 'The whole text' },
      overwrite: flag('Replace the file where it exists'),
      expected_sha256: hash,
    },
    required: ['path', 'content'],
  }),
  edit: (folders) => ({
    properties: {
      path: pathOf('Path of the file', folders),
      edits: {
        type: 'array',
        minItems: 1,
        maxItems: 100,
        items: {
          type: 'object',
          properties: {
            old_text: {
              type: 'string',
              minLength: 1,
              description: 'Exactly as in the file, white space too; once, unless all is set',
            },
            new_text: { type: 'string', description: 'What stands there afterwards' },
            all: flag('Replace it wherever it stands'),
          },
          required: ['old_text', 'new_text'],
          additionalProperties: false,
        },
        description: 'Made one after the other',
      },
      dry_run: flag('Only show the difference'),
      expected_sha256: hash,
    },
    required: ['path', 'edits'],
  }),
  move: (folders) => ({
    properties: {
      from: pathOf('Path as it is', folders),
      to: pathOf('Path as it should be; its folder must exist', folders),
    },
    required: ['from', 'to'],
  }),
  delete: (folders) => ({
    properties: { path: pathOf('Path of the file or empty folder', folders) },
    required: ['path'],
  }),
  'create-folder': (folders) => ({
    properties: { path: pathOf('Path of the folder', folders) },
    required: ['path'],
  }),
};

const hash: JsonSchema = {
  type: 'string',
  pattern: '^[0-9a-fA-F]{64}$',
  description: 'SHA-256 of the file as it was read: nothing happens where it has changed since',
};

function pathOf(description: string, { roots }: FileFolders): JsonSchema {
  const start = roots.length > 1 ? `${roots[0]!.name}/` : '';
  return {
    type: 'string',
    minLength: 1,
    maxLength: 4_096,
    description: `${description}, relative, with "/": ${start}notes/a.md`,
  };
}

function startOf({ roots }: FileFolders): JsonSchema {
  const all = roots.length > 1 ? 'all roots' : 'the top';
  return {
    type: 'string',
    maxLength: 4_096,
    default: '',
    description: `Folder to begin in; ${all} unless given`,
  };
}

function limitOf(description: string, usual: number, { limits }: FileFolders): JsonSchema {
  const { maxResults } = limits;
  return { ...integer(description, 1, maxResults), default: Math.min(usual, maxResults) };
}

function globOf(description: string): JsonSchema {
  return { type: 'string', minLength: 1, maxLength: 1_000, description };
}

function integer(description: string, minimum: number, maximum?: number): JsonSchema {
  return { type: 'integer', minimum, ...(maximum !== undefined && { maximum }), description };
}

function flag(description: string): JsonSchema {
  return { type: 'boolean', default: false, description };
}
