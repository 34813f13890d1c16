import { visible } from '../diagnostics/visible.js';

/**
 * Characters that must not stand in source text as they are: controls, format characters (bidi, zero-width, tags),
 * line and paragraph separators, lone surrogates, and blanks that look like nothing.
 */
const UNSAFE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u17b4\u17b5\u3164\uffa0]|[\u{e0000}-\u{e0fff}]|<(?=\/)/gu;
const UNSAFE_OR_QUOTE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u17b4\u17b5\u3164\uffa0'"\\<]|[\u{e0000}-\u{e0fff}]/u;

const SHORT_ESCAPES: Record<string, string> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

/** A JavaScript string literal that evaluates to `text`; single quotes unless double ones need fewer escapes. */
export function jsString(text: string): string {
  if (!UNSAFE_OR_QUOTE.test(text)) return `'${text}'`;
  const quote = count(text, "'") > count(text, '"') ? '"' : "'";
  return (
    quote + escapeUnsafe(text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)) + quote
  );
}

/** A JSON string that evaluates to `text`; the same characters are escaped as in `jsString`. */
export function jsonString(text: string): string {
  if (!UNSAFE_OR_QUOTE.test(text)) return `"${text}"`;
  return `"${escapeUnsafe(text.replaceAll('\\', '\\\\').replaceAll('"', '\\"'))}"`;
}

/** A property key of an object literal. `__proto__` would set the prototype unless it is computed. */
export function jsKey(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return /^(?:[\p{ID_Start}$_][\p{ID_Continue}$]*)$/u.test(name) && !UNSAFE_OR_QUOTE.test(name)
    ? name
    : jsString(name);
}

/** A property key of a type literal, where `__proto__` is a name like any other. */
export function typeKey(name: string): string {
  return name === '__proto__' ? name : jsKey(name);
}

/** A number that is finite; anything else is not ours to print. */
export function jsNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`not a finite number: ${value}`);
  return String(value).replace('e+', 'e');
}

/** Text on one line inside a comment: it cannot end the comment, nor begin a directive for a tool. */
export function commentText(text: string, limit = 160): string {
  const line = visible(text.replace(/\s+/gu, ' '))
    .replaceAll('*/', '*\\/')
    .replace(/(^|\s)@(?=\w)/g, '$1(at) ')
    .replace(/\b(?:ts-(?:ignore|expect-error|nocheck|check)|prettier-ignore|eslint-\w+)\b/gi, '')
    .replace(/[#@](?=\s*source(?:mapping)?url)/gi, '')
    .replace(/ {2,}/g, ' ')
    .trim();
  return cut(line, limit);
}

/** A `/** … *\/` comment of one line; empty for empty text. */
export function blockComment(text: string, limit = 160): string {
  const line = commentText(text, limit);
  return line === '' ? '' : `/** ${line} */`;
}

/** The rest of a `#` comment. */
export function hashComment(text: string, limit = 160): string {
  return cut(visible(text.replace(/\s+/gu, ' ')).trim(), limit);
}

/** A name that was derived by the allow-list of `project/names.ts`; throws on anything else. */
export function identifier(name: string): string {
  if (!/^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name)) throw new TypeError(`not an identifier: ${name}`);
  return name;
}

/** A relative module path made of derived file names; throws on anything else. */
export function modulePath(path: string): string {
  if (!/^\.{1,2}(?:\/(?:\.\.|[a-z0-9][a-z0-9-]*))*\/[a-z0-9][a-z0-9-]*\.js$/.test(path)) {
    throw new TypeError(`not a module path: ${path}`);
  }
  return `'${path}'`;
}

/** Shortens at a word, with an ellipsis; surrogate pairs stay whole. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const room = text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '');
  const space = room.lastIndexOf(' ');
  return `${(space > limit / 2 ? room.slice(0, space) : room).trimEnd()}…`;
}

function escapeUnsafe(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const short = SHORT_ESCAPES[character];
    if (short !== undefined) return short;
    let escaped = '';
    for (let index = 0; index < character.length; index += 1) {
      escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
    }
    return escaped;
  });
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}
