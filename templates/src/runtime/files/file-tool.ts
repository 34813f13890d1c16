import type { ServerTool, ToolFacts } from '../tool.js';

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

/** What a tool does with the folders of a source. */
export type FileOperation = { source: string; action: FileAction };

/** A tool that reads or changes files. */
export type FileTool<Arguments = unknown, Result = unknown> = ToolFacts<Arguments, Result> & {
  files: FileOperation;
};

/** Names the types of a tool of folders; returns the definition unchanged. */
export function defineFileTool<Arguments, Result>(
  tool: FileTool<Arguments, Result>,
): FileTool<Arguments, Result> {
  return tool;
}

/** Whether the tool works on files: its own action, or the one that its handler stands in for. */
export function hasFiles(tool: ServerTool): tool is FileTool {
  return 'files' in tool && tool.files !== undefined;
}
