/** Folders that a server gives access to, as mcp.yaml describes them. */
export type FileFolders = {
  id: string;
  /** With one root, paths are relative to it; with several they begin with the name of a root. */
  roots: FileRoot[];
  access: 'read-only' | 'read-write';
  limits: FileLimits;
  /** Only files with these extensions, in lower case with the dot; all where it is absent. */
  extensions?: string[];
  /** Patterns of paths that do not exist for callers. */
  exclude?: string[];
  /** Names that begin with a dot exist for callers. */
  dotfiles?: true;
};

/** Where the folder is comes from an environment variable, with a default where mcp.yaml gives one. */
export type FileRoot = { name: string; env: string; default?: string };

export type FileLimits = {
  /** Of a text that is read by lines, searched, written or edited. */
  maxFileBytes: number;
  /** Of an image, a recording or another binary that is given as content, and of a resource. */
  maxBinaryBytes: number;
  maxResults: number;
  /** Of one walk through folders. */
  timeoutMs: number;
};

/** Folders with the places of their roots by name; what a worker knows. */
export type PlacedFolders = {
  folders: FileFolders;
  /** Absolute paths; a root that is not set is absent. */
  places: Record<string, string>;
  /** Of the text of one result. */
  maxResultChars: number;
};
