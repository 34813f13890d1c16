import { toolChange, type ToolChange } from './tool-change.js';

type Scopes = readonly string[];

/** What a caller's token needs over HTTP; undefined where no token is asked for. */
export function compareCallers(before: unknown, after: unknown): ToolChange[] {
  const [old, now] = [named(before), named(after)];
  if (old === undefined && now === undefined) return [];
  const values = { ...(old && { before: [...old] }), ...(now && { after: [...now] }) };
  const added = now?.filter((scope) => old?.includes(scope) !== true) ?? [];
  const removed = old?.filter((scope) => now?.includes(scope) !== true) ?? [];
  const change = (code: 'caller-scope-added' | 'caller-scope-removed', message: string) =>
    toolChange(code, '/scopes', message, values);
  if (old === undefined) {
    const message = `asks its callers for a token${added.length > 0 ? ` with ${scopes(added)}` : ''}`;
    return [change('caller-scope-added', message)];
  }
  if (now === undefined) {
    return [change('caller-scope-removed', 'asks its callers for no token any more')];
  }
  return [
    ...(added.length > 0
      ? [change('caller-scope-added', `asks its callers for ${scopes(added)} besides`)]
      : []),
    ...(removed.length > 0
      ? [change('caller-scope-removed', `asks its callers no longer for ${scopes(removed)}`)]
      : []),
  ];
}

/** A file may have been edited. */
function named(value: unknown): Scopes | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter((name): name is string => typeof name === 'string');
}

function scopes(names: Scopes): string {
  return `the ${names.length === 1 ? 'scope' : 'scopes'} ${names.join(', ')}`;
}
