import { camelCase, kebabCase, pascalCase } from './words.js';

/** Gives every text a name of its own, always the same for the same texts in the same order. */
export type Namer = (text: string) => string;

const MAX_NAME = 120;
const MAX_FILE_NAME = 80;

/** Words that cannot be the name of a constant in a module, or that mean something to whoever imports it. */
const RESERVED_CONSTANTS = new Set(
  (
    'abstract any arguments as async await boolean break case catch class const constructor continue debugger ' +
    'declare default delete do else enum eval export extends false finally for from function get if implements ' +
    'import in infinity instanceof interface is let module na_n namespace never new null number object of package ' +
    'private protected public require return set static string super switch symbol then this throw true try type ' +
    'typeof undefined unknown using var void while with yield tools define_http_tool to_string value_of proto ' +
    'prototype hasOwnProperty global_this'
  )
    .split(' ')
    .map((word) => word.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())),
);

/** Types that every module sees, or that the declarations themselves use. */
const RESERVED_TYPES = new Set(
  (
    'Array ArrayBuffer BigInt Boolean Buffer Date Error Exclude Extract Function Infinity Iterable Iterator JSON Map ' +
    'Math NaN NonNullable Number Object Omit Partial Pick Promise Proxy Readonly ReadonlyArray Record Reflect RegExp ' +
    'Required Set String Symbol Uint8Array URL WeakMap WeakSet'
  ).split(' '),
);

/** Names that Windows gives to devices, whatever extension follows. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** camelCase names of exported constants. */
export function constantNamer(): Namer {
  return unique((text) => {
    const name = leadingLetter(camelCase(text), 'tool').slice(0, MAX_NAME);
    return RESERVED_CONSTANTS.has(name) ? `${name}Tool` : name;
  }, '');
}

/** PascalCase names of exported types. */
export function typeNamer(): Namer {
  return unique((text) => {
    const name = leadingLetter(pascalCase(text), 'Type').slice(0, MAX_NAME);
    return RESERVED_TYPES.has(name) ? `${name}Type` : name;
  }, '');
}

/** kebab-case file names without extension, different on file systems that ignore case too. */
export function fileNamer(taken: Iterable<string> = []): Namer {
  return unique(
    (text) => {
      const name = kebabCase(text).slice(0, MAX_FILE_NAME).replace(/-$/, '') || 'other';
      return DEVICES.test(name) ? `${name}-file` : name;
    },
    '-',
    taken,
  );
}

function leadingLetter(name: string, prefix: string): string {
  if (name === '') return prefix;
  return /^[A-Za-z]/.test(name) ? name : prefix + name;
}

function unique(derive: Namer, separator: string, taken: Iterable<string> = []): Namer {
  const used = new Set(taken);
  const counts = new Map<string, number>();
  return (text) => {
    const base = derive(text);
    let name = base;
    // A name that ends in a digit keeps it apart from the number.
    const gap = separator === '' && /\d$/.test(base) ? '_' : separator;
    for (let count = counts.get(base) ?? 2; used.has(name.toLowerCase()); count += 1) {
      name = `${base}${gap}${count}`;
      counts.set(base, count + 1);
    }
    used.add(name.toLowerCase());
    return name;
  };
}
