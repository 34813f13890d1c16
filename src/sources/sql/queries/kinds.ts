/** What a statement does (`lock`: reads rows that nobody else may change meanwhile), or why it cannot be one of a tool. */
export type StatementKind = { kind: 'read' | 'write' | 'lock' } | { problem: string; fix?: string };

export const ONE = {
  problem: 'it is more than one statement',
  fix: 'make a query of each of them',
};
export const NONE = { problem: 'there is no statement in it' };

export function notOfTool(what: string): StatementKind {
  return {
    problem: `${what} cannot be a tool`,
    fix: 'a query is one SELECT, INSERT, UPDATE or DELETE',
  };
}
