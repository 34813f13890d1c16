import type { ServerTool, ToolFacts } from '../tool.js';

/**
 * What a tool does with a database. `table` is fixed for a tool of one table; left out, the caller names one of `tables` in
 * the argument `table`. Every table is named as in the `tables` of the SqlDatabase.
 */
export type SqlOperation =
  | {
      source: string;
      action:
        | 'list'
        | 'get'
        | 'related'
        | 'aggregate'
        | 'search'
        | 'create'
        | 'update'
        | 'delete'
        | 'describe'
        | 'find';
      table?: string;
    }
  | { source: string; action: 'query' | 'explain' }
  | SqlStatement;

/** A statement that a person wrote, with values only as parameters. */
export type SqlStatement = {
  source: string;
  action: 'statement';
  /** In the dialect, with the placeholders of its driver (`$1`, `?`). */
  text: string;
  /** Arguments in the order of the placeholders; the same one may come more than once. */
  parameters: { argument: string; kind: string }[];
  /** Not a read. */
  writes?: true;
  /** The result is one row or none. */
  single?: true;
};

/** A tool that reads or changes a database. */
export type SqlTool<Arguments = unknown, Result = unknown> = ToolFacts<Arguments, Result> & {
  sql: SqlOperation;
};

/** Names the types of a tool of a database; returns the definition unchanged. */
export function defineSqlTool<Arguments, Result>(
  tool: SqlTool<Arguments, Result>,
): SqlTool<Arguments, Result> {
  return tool;
}

/** Whether the tool has a statement: its own, or the one that its handler stands in for. */
export function hasStatement(tool: ServerTool): tool is SqlTool {
  return 'sql' in tool && tool.sql !== undefined;
}
