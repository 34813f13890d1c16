import { diagnostic, type Code, type FieldsOf } from '../../diagnostics/catalog.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { MANIFEST } from '../folder.js';
import type { Step } from '../../workspace/reconcile.js';

/** Why a project is not in step, and the file of it that this is about. */
export type Finding = { path: string; diagnostic: Diagnostic };

/** A finding about a file of the project. */
export function finding<C extends Code>(path: string, code: C, fields: FieldsOf<C>): Finding {
  return { path, diagnostic: diagnostic(code, fields) };
}

/** What is wrong with a file, by what regenerate would do to it; undefined where nothing is. */
export function stepFinding({ path, action, reason }: Step): Finding | undefined {
  switch (action) {
    case 'create':
    case 'restore':
      return finding(path, 'MCP523', { path });
    case 'update':
    case 'merge':
      // An input that would be written is one that somebody edited; it has a finding of its own.
      return path === MANIFEST ? undefined : finding(path, 'MCP522', { path, action });
    case 'delete':
      return finding(path, 'MCP525', { path });
    case 'conflict':
      return finding(path, 'MCP501', { path, reason });
    case 'keep':
      if (reason === 'edited') return finding(path, 'MCP524', { path });
      return reason.startsWith('edited') ? finding(path, 'MCP527', { path }) : undefined;
    case 'unchanged':
      return undefined;
  }
}

/** What in the lock is no longer true of the inputs and the generator. */
export function lockFindings(
  locked: { generator: string; inputs: ReadonlyMap<string, string> },
  current: { generator: string; inputs: ReadonlyMap<string, string> },
): Finding[] {
  const { generator } = locked;
  const version = current.generator;
  const paths = [...new Set([...locked.inputs.keys(), ...current.inputs.keys()])].sort();
  return [
    ...(generator === version
      ? []
      : [finding('mcp.lock.json', 'MCP520', { lock: generator, version })]),
    ...paths
      .filter((path) => locked.inputs.get(path) !== current.inputs.get(path))
      .map((path) => finding(path, 'MCP521', { path })),
  ];
}
