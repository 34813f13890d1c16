import { canonicalJson, isObject } from './json.js';
import { toolChange, type ToolChange } from './tool-change.js';

/** Scheme → scopes; all of the schemes are needed. */
type Requirement = Map<string, ReadonlySet<string>>;

/**
 * Alternatives of schemes and scopes (OpenAPI 3.1 §4.8.30). Credentials that satisfied one of the old alternatives must satisfy
 * one of the new ones. Nothing is said where one side is not known.
 */
export function compareAccess(before: unknown, after: unknown): ToolChange[] {
  if (before === undefined || after === undefined) return [];
  if (canonicalJson(before) === canonicalJson(after)) return [];
  const [old, now] = [requirements(before), requirements(after)];
  const values = { before, after };
  const isCovered = (a: readonly Requirement[], b: readonly Requirement[]): boolean =>
    a.every((one) => b.some((other) => suffices(one, other)));
  if (!old || !now || !isCovered(old, now)) {
    const message = 'needs other credentials or more scopes';
    return [toolChange('scope-added', '/security', message, values)];
  }
  if (isCovered(now, old)) return [];
  return [toolChange('scope-removed', '/security', 'needs fewer credentials or scopes', values)];
}

/** An empty list is no requirement at all. Undefined for what has another shape. */
function requirements(value: unknown): Requirement[] | undefined {
  if (!Array.isArray(value) || !value.every(isObject)) return undefined;
  const read = value.map((alternative) => new Map(Object.entries(alternative).map(scopesOf)));
  return read.length > 0 ? read : [new Map()];
}

function scopesOf([scheme, scopes]: [string, unknown]): [string, ReadonlySet<string>] {
  const names = Array.isArray(scopes) ? scopes.filter((name) => typeof name === 'string') : [];
  return [scheme, new Set(names)];
}

/** Whether who has all of `held` has all of `needed`. */
function suffices(held: Requirement, needed: Requirement): boolean {
  return [...needed].every(([scheme, scopes]) => {
    const own = held.get(scheme);
    return own !== undefined && [...scopes].every((scope) => own.has(scope));
  });
}
