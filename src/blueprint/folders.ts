import type { Origin } from '../diagnostics/diagnostic.js';
import type { JsonSchema, Setting } from './types.js';

/** Folders of files as a source; `folders` is what the emitted runtime documents as `FileFolders`. */
export type FilesSource = {
  kind: 'files';
  /** Key in mcp.yaml. */
  id: string;
  title: string;
  folders: FileFolders;
  schemas: Record<string, JsonSchema>;
  settings: Setting[];
  origin: Origin;
};

export type FileFolders = {
  id: string;
  /** Each from an environment variable, with a default where mcp.yaml gives one; by `name` paths begin where there are several. */
  roots: { name: string; env: string; default?: string }[];
  access: 'read-only' | 'read-write';
  limits: FileLimits;
  /** Only files with these extensions, in lower case with the dot; all where it is absent. */
  extensions?: string[];
  /** Patterns of paths that do not exist for callers. */
  exclude?: string[];
  /** Names that begin with a dot exist for callers. */
  dotfiles?: true;
};

export type FileLimits = {
  maxFileBytes: number;
  maxBinaryBytes: number;
  maxResults: number;
  timeoutMs: number;
};

export type FileAction =
  | 'read'
  | 'list'
  | 'tree'
  | 'find'
  | 'search'
  | 'info'
  | 'write'
  | 'edit'
  | 'move'
  | 'delete'
  | 'create-folder';

/** Mirrors `FileOperation` of the emitted runtime. */
export type FilesBinding = { kind: 'files'; source: string; action: FileAction };

const WORDS: Record<FileAction, string> = {
  read: 'text or content of a file',
  list: 'entries of a folder',
  tree: 'tree of the folders',
  find: 'paths of files',
  search: 'search in the files',
  info: 'facts about a file',
  write: 'new content of a file',
  edit: 'replacements in a file',
  move: 'another path of a file',
  delete: 'deletion of a file',
  'create-folder': 'new folder',
};

/** What a tool of folders does in a few words: `search in the files of docs`. */
export function describeFiles({ action, source }: FilesBinding): string {
  return `${WORDS[action]} of ${source}`;
}
