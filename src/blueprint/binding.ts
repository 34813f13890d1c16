import { describeSql } from './database.js';
import { describeFiles } from './folders.js';
import { describeSteps } from './steps.js';
import { describeMcp } from './upstream.js';
import type { HttpBinding, SourceBinding, Tool } from './types.js';

type Bound = Pick<Tool, 'binding'>;

/** What a tool asks its source for, or can ask for from its handler; undefined for a tool written by hand. */
export function callOf({ binding }: Bound): SourceBinding | undefined {
  if (binding.kind === 'steps') return undefined;
  return binding.kind === 'handler' ? binding.inPlaceOf : binding;
}

/** The request of a tool of an API. */
export function requestOf(tool: Bound): HttpBinding | undefined {
  const call = callOf(tool);
  return call?.kind === 'http' ? call : undefined;
}

/** What a tool does in a few words: `GET /pets`, or the file of its handler and what that stands in for. */
export function describeBinding(tool: Bound): string {
  const call = callOf(tool);
  const shown = call && describeCall(call);
  if (tool.binding.kind === 'steps') return describeSteps(tool.binding);
  if (tool.binding.kind !== 'handler') return shown ?? '';
  const { module } = tool.binding;
  return shown === undefined ? module : `${module} instead of ${shown}`;
}

/** `GET /pets`, `rows of shop.orders`. */
export function describeCall(call: SourceBinding): string {
  switch (call.kind) {
    case 'http':
      return `${call.method} ${call.path}`;
    case 'sql':
      return describeSql(call);
    case 'files':
      return describeFiles(call);
    case 'mcp':
      return describeMcp(call);
  }
}

/** By what a tool is known again when it has another name: source and operation, or source, action and table. */
export function identityOf(call: SourceBinding): string {
  switch (call.kind) {
    case 'http':
      return `${call.source} ${call.method} ${call.path}`;
    case 'sql': {
      const table = 'table' in call && call.table !== undefined ? ` ${call.table}` : '';
      return `${call.source} ${call.action}${table}`;
    }
    case 'files':
      return `${call.source} ${call.action}`;
    case 'mcp':
      return `${call.source} ${call.tool}`;
  }
}
