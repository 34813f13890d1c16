/** Variables by name, decoded; undefined for a URI that does not fit. */
export type MatchUri = (uri: string) => Record<string, string> | undefined;

/** Of a URI before its query: where several variables span segments, each more costs the more the longer it is. */
const MAX_PATH = 2_000;

const EXPRESSION = /\{([+?]?)([A-Za-z0-9_.,]+)\}/g;

/** Whether it has variables. */
export function isTemplate(uri: string): boolean {
  return uri.includes('{');
}

/**
 * Reads URIs that a template stands for (RFC 6570): `{x}` is part of a segment, `{+x}` may span several, `{?x,y}` are
 * parameters of the query, each of which may be missing.
 */
export function uriMatcher(template: string): MatchUri {
  const names: string[] = [];
  const inQuery = new Set<string>();
  let pattern = '';
  let at = 0;
  for (const found of template.matchAll(EXPRESSION)) {
    pattern += escaped(template.slice(at, found.index));
    at = found.index + found[0].length;
    const listed = found[2]!.split(',');
    if (found[1] === '?') {
      for (const name of listed) inQuery.add(name);
      continue;
    }
    names.push(listed[0]!);
    pattern += found[1] === '+' ? '([^?#]+)' : '([^/?#]+)';
  }
  pattern += escaped(template.slice(at));
  const path = new RegExp(`^${pattern}$`, 'u');

  return (uri) => {
    const [before = '', query] = inQuery.size > 0 ? split(uri) : [uri];
    const match = before.length > MAX_PATH ? null : path.exec(before);
    if (match === null) return undefined;
    const pairs: [string, string][] = names.map((name, index) => [name, match[index + 1]!]);
    for (const part of query?.split('&') ?? []) {
      const equals = part.indexOf('=');
      const name = equals < 0 ? part : part.slice(0, equals);
      if (!inQuery.has(name)) return undefined;
      pairs.push([name, equals < 0 ? '' : part.slice(equals + 1)]);
    }
    try {
      return Object.fromEntries(pairs.map(([name, text]) => [name, decodeURIComponent(text)]));
    } catch {
      return undefined;
    }
  };
}

function split(uri: string): [string, string | undefined] {
  const at = uri.indexOf('?');
  return at < 0 ? [uri, undefined] : [uri.slice(0, at), uri.slice(at + 1)];
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
