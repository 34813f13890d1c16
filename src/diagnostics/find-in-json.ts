import type { Span } from './span.js';

/**
 * A finder for one JSON text: where the value at a path stands, or the nearest holder of it that exists. Nothing is
 * parsed; the members of each object on the way are looked for once, so that thousands of places in 20 MB take less than
 * a second. It gives undefined for text that is not JSON.
 */
export function jsonFinder(text: string): (path: readonly (string | number)[]) => Span | undefined {
  const known = new Map<number, ReadonlyMap<string, Span>>();
  const start = skipSpace(text, text.startsWith('\ufeff') ? 1 : 0);
  const root: Span | undefined =
    start < text.length ? { value: [start, skipValue(text, start)] } : undefined;
  return (path) => {
    let found = root;
    for (const key of path) {
      if (!found) break;
      const at: number = found.value[0];
      const members = known.get(at) ?? membersOf(text, at);
      known.set(at, members);
      const next = members.get(String(key));
      if (!next) break;
      found = next;
    }
    return found;
  };
}

/** Members by key (repeated keys: the last one counts), or items by index. */
function membersOf(text: string, start: number): Map<string, Span> {
  const members = new Map<string, Span>();
  const isArray = text[start] === '[';
  if (!isArray && text[start] !== '{') return members;
  let at = skipSpace(text, start + 1);
  for (let index = 0; at < text.length && text[at] !== ']' && text[at] !== '}'; index += 1) {
    const key: Span['key'] = isArray ? undefined : [at, skipValue(text, at)];
    const name = key ? parsedKey(text.slice(...key)) : String(index);
    if (key) at = skipSpace(text, skipSpace(text, key[1]) + 1);
    const end = skipValue(text, at);
    if (name !== undefined) members.set(name, { ...(key && { key }), value: [at, end] });
    const after = skipSpace(text, end);
    if (text[after] !== ',') break;
    at = skipSpace(text, after + 1);
  }
  return members;
}

function parsedKey(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && ' \t\r\n'.includes(text[at]!)) at += 1;
  return at;
}

/** Offset after the value that starts at `start`. */
function skipValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return skipString(text, start);
  if (first !== '{' && first !== '[') {
    let at = start;
    while (at < text.length && !',]} \t\r\n:'.includes(text[at]!)) at += 1;
    return at;
  }
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = skipString(text, at) - 1;
    else if (code === 0x7b || code === 0x5b) depth += 1;
    else if ((code === 0x7d || code === 0x5d) && --depth === 0) return at + 1;
  }
  return text.length;
}

function skipString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
  return text.length;
}
