import { closest } from '../../diagnostics/closest.js';
import type { Operation } from './operation.js';

/** One entry of `include` or `exclude`, as mcp.yaml and the command line write it. */
export type Selector = string | { tag: string } | { operationId: string };

type Matcher = { text: string; matches: (operation: Operation) => boolean; used: boolean };

/**
 * Decides which operations become tools: all, or those that an `include` names, less those that an `exclude` names.
 * `tag:pets`, `/store/**` (paths; `*` within a segment, `**` across), `GET /store/**`, an operationId (with `*`).
 */
export function createSelection(include: readonly Selector[], exclude: readonly Selector[]) {
  const included = include.map(matcher);
  const excluded = exclude.map(matcher);
  /** What could have been meant. */
  const seen = new Set<string>();
  return {
    /** Whether the operation is wanted. */
    wants(operation: Operation): boolean {
      for (const tag of operation.tags) seen.add(`tag:${tag}`);
      if (operation.id !== undefined) seen.add(operation.id);
      seen.add(operation.path).add(`${operation.method} ${operation.path}`);
      const isIn = included.length === 0 || anyMatches(included, operation);
      return !anyMatches(excluded, operation) && isIn;
    },
    /** Entries that no operation matched so far: most likely typing errors. */
    unused(): { list: 'include' | 'exclude'; pattern: string; suggestion?: string }[] {
      const report = (list: 'include' | 'exclude') => (m: Matcher) => {
        const suggestion = closest(m.text, seen);
        return { list, pattern: m.text, ...(suggestion !== undefined && { suggestion }) };
      };
      return [
        ...included.filter((m) => !m.used).map(report('include')),
        ...excluded.filter((m) => !m.used).map(report('exclude')),
      ];
    },
  };
}

// Every matcher is asked, so that each knows whether it is of use.
function anyMatches(matchers: Matcher[], operation: Operation): boolean {
  let found = false;
  for (const matcher of matchers) {
    if (!matcher.matches(operation)) continue;
    matcher.used = true;
    found = true;
  }
  return found;
}

function matcher(selector: Selector): Matcher {
  if (typeof selector !== 'string') {
    return 'tag' in selector
      ? { text: `tag:${selector.tag}`, used: false, matches: byTag(selector.tag) }
      : { text: selector.operationId, used: false, matches: byId(selector.operationId) };
  }
  const text = selector.trim();
  if (/^tag:/i.test(text)) return { text, used: false, matches: byTag(text.slice(4).trim()) };
  const [, method, path] = /^([A-Za-z*]+)\s+(\/.*)$/.exec(text) ?? [];
  if (method !== undefined && path !== undefined) {
    const onPath = byPath(path);
    const wanted = method.toUpperCase();
    return {
      text,
      used: false,
      matches: (operation) => (wanted === '*' || operation.method === wanted) && onPath(operation),
    };
  }
  return { text, used: false, matches: text.startsWith('/') ? byPath(text) : byId(text) };
}

function byTag(tag: string): (operation: Operation) => boolean {
  const pattern = glob(tag, '.*');
  return ({ tags }) => tags.some((name) => pattern.test(name));
}

function byId(id: string): (operation: Operation) => boolean {
  const pattern = glob(id, '.*');
  return (operation) => operation.id !== undefined && pattern.test(operation.id);
}

function byPath(path: string): (operation: Operation) => boolean {
  const pattern = glob(path, '[^/]*');
  return (operation) => pattern.test(operation.path);
}

/** `**` matches anything, `*` what `star` says; a trailing `/**` matches the path itself too. Upper and lower case are one. */
function glob(text: string, star: string): RegExp {
  const source = text
    .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\/\*\*$/, '\u0001')
    .replaceAll('**', '\u0002')
    .replaceAll('*', star)
    .replaceAll('\u0002', '.*')
    .replaceAll('\u0001', '(?:/.*)?');
  return new RegExp(`^${source}$`, 'i');
}
