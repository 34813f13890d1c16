import type { FileAction } from '../../blueprint/folders.js';
import type { JsonSchema } from '../../blueprint/types.js';

const text: JsonSchema = { type: 'string' };
const count: JsonSchema = { type: 'integer' };
const flag: JsonSchema = { type: 'boolean' };
const texts: JsonSchema = { type: 'array', items: text };

function object(properties: Record<string, JsonSchema>, required: string[]): JsonSchema {
  return { type: 'object', properties, required };
}

/** What the tool for an action gives. */
export const RESULTS: Record<FileAction, JsonSchema> = {
  read: object(
    {
      path: text,
      mime_type: text,
      size: { ...count, description: 'Bytes of the file' },
      text,
      unit: { type: 'string', enum: ['lines', 'bytes'] },
      offset: count,
      count,
      total: { ...count, description: 'Lines or bytes of the file' },
      next_offset: { ...count, description: 'Where to go on; absent at the end' },
      sha256: text,
    },
    ['path', 'mime_type', 'size'],
  ),
  list: object(
    {
      path: text,
      entries: {
        type: 'array',
        items: object(
          { name: text, path: text, kind: kindOf('link'), size: count, modified: text },
          ['name', 'path', 'kind'],
        ),
      },
      total: count,
      next_offset: { ...count, description: 'Where to go on; absent at the end' },
    },
    ['path', 'entries', 'total'],
  ),
  tree: object({ path: text, tree: text, count, truncated: flag }, [
    'path',
    'tree',
    'count',
    'truncated',
  ]),
  find: object({ paths: texts, truncated: flag }, ['paths', 'truncated']),
  search: object(
    {
      matches: {
        type: 'array',
        items: object({ path: text, line: count, text, before: texts, after: texts }, [
          'path',
          'line',
          'text',
        ]),
      },
      truncated: flag,
      files_searched: count,
      files_skipped: { ...count, description: 'Binary or too large' },
    },
    ['matches', 'truncated', 'files_searched', 'files_skipped'],
  ),
  info: object(
    {
      path: text,
      kind: kindOf(),
      size: count,
      modified: text,
      created: text,
      mime_type: text,
      text: { ...flag, description: 'The file is text' },
      lines: count,
      sha256: text,
    },
    ['path', 'kind'],
  ),
  write: object({ path: text, created: flag, size: count, sha256: text }, [
    'path',
    'created',
    'size',
    'sha256',
  ]),
  edit: object(
    {
      path: text,
      applied: flag,
      replacements: count,
      diff: { ...text, description: 'Unified difference' },
      sha256: { ...text, description: 'Of the file after the edits' },
    },
    ['path', 'applied', 'replacements', 'diff', 'sha256'],
  ),
  move: object({ from: text, to: text }, ['from', 'to']),
  delete: object({ path: text, kind: { type: 'string', enum: ['file', 'folder'] } }, [
    'path',
    'kind',
  ]),
  'create-folder': object(
    { path: text, created: { ...flag, description: 'false: it was there' } },
    ['path', 'created'],
  ),
};

function kindOf(...more: string[]): JsonSchema {
  return { type: 'string', enum: ['file', 'folder', 'other', ...more] };
}
