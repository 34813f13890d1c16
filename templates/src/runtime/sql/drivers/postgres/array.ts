import type { SqlCell } from '../../driver.js';

/** Reads an array as PostgreSQL writes it (section 8.15.6 of its manual), to any depth; bounds before it are dropped. */
export function parseArray(
  text: string,
  delimiter: string,
  element: (text: string | null) => SqlCell,
): SqlCell[] {
  let at = text.startsWith('[') ? text.indexOf('=') + 1 : 0;

  const quoted = (): string => {
    let value = '';
    for (at += 1; text[at] !== '"' && at < text.length; at += 1) {
      if (text[at] === '\\') at += 1;
      value += text[at] ?? '';
    }
    at += 1;
    return value;
  };

  const bare = (): string | null => {
    const start = at;
    while (at < text.length && text[at] !== delimiter && text[at] !== '}') at += 1;
    const value = text.slice(start, at);
    return value === 'NULL' ? null : value;
  };

  const array = (): SqlCell[] => {
    const items: SqlCell[] = [];
    at += 1;
    while (at < text.length && text[at] !== '}') {
      if (text[at] === delimiter) at += 1;
      else if (text[at] === '{') items.push(array());
      else items.push(element(text[at] === '"' ? quoted() : bare()));
    }
    at += 1;
    return items;
  };

  return array();
}
