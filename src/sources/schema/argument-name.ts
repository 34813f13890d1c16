/** What clients accept as the name of a property in a tool's schema. */
const ACCEPTED = /^[A-Za-z0-9_.-]{1,64}$/;

/** Names that no argument may have, whatever a document says: they reach into objects' prototypes. */
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Signs that carry meaning in a name, and the word for it. */
const WORDS: Record<string, string> = {
  '<': '_lt',
  '>': '_gt',
  '!': '_not',
  '~': '_like',
  '+': '_plus',
};

/**
 * The name of a property or parameter as clients accept it, readable and the same every time:
 * `filter[name]` → `filter_name`, `$select` → `select`, `StartTime<` → `StartTime_lt`. Accepted names stay as they are.
 */
export function argumentName(wire: string): string {
  if (FORBIDDEN.has(wire)) return `${wire.replaceAll('_', '')}_`;
  if (ACCEPTED.test(wire)) return wire;
  const name = wire
    .slice(0, 200)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[<>!~+]/g, (sign) => WORDS[sign] ?? '_')
    .replaceAll(/[^A-Za-z0-9_.-]+/g, '_')
    .replaceAll(/^_+(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])_+$/g, '')
    .slice(0, 64);
  return /[A-Za-z0-9]/.test(name) ? name : `field_${hash(wire)}`;
}

/**
 * The same for a property inside a body, where every object of the document shares one table of names: no sign is dropped,
 * so that `@type` (`_type`) is not taken for a plain `type` next to it.
 */
export function propertyName(wire: string): string {
  if (FORBIDDEN.has(wire) || ACCEPTED.test(wire)) return argumentName(wire);
  const name = wire
    .slice(0, 200)
    .replaceAll(/[<>!~+]/g, (sign) => WORDS[sign] ?? '_')
    .replaceAll(/[^A-Za-z0-9_.-]/g, '_')
    .slice(0, 64);
  return /[A-Za-z0-9]/.test(name) ? name : `field_${hash(wire)}`;
}

/** A short number that depends on the text alone (FNV-1a), for names that nothing readable is left of. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const char of text) {
    value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return value.toString(36);
}
