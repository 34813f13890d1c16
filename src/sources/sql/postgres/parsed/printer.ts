import { scanSync } from 'libpg-query';
import type { TypeUse } from './catalogue.js';

/** Prints names as a database does whose search path is one schema. */
export type Printer = {
  identifier: (name: string) => string;
  qualified: (thing: { schema: string; name: string }) => string;
  /** As `format_type`; without what stands in parentheses where `bare`. */
  type: (type: TypeUse, bare?: boolean) => string;
};

export function newPrinter(defaultSchema: string): Printer {
  const quoted = new Map<string, string>();
  const identifier = (name: string): string => {
    const known = quoted.get(name) ?? quote(name);
    quoted.set(name, known);
    return known;
  };
  const qualified: Printer['qualified'] = ({ schema, name }) =>
    schema === defaultSchema ? identifier(name) : `${identifier(schema)}.${identifier(name)}`;
  return {
    identifier,
    qualified,
    type: ({ base, array, printed = '' }, bare = false) => {
      const name =
        typeof base === 'string' ? (bare ? withoutModifier(printed) : printed) : qualified(base);
      return array ? `${name}[]` : name;
    },
  };
}

function withoutModifier(printed: string): string {
  const bare = printed.replace(/\([\d,-]+\)/, '');
  return bare === 'character' ? 'bpchar' : bare;
}

function quote(name: string): string {
  if (/^[a-z_][a-z0-9_]*$/.test(name) && !isKeyword(name)) return name;
  return `"${name.replaceAll('"', '""')}"`;
}

const UNRESERVED = 1;

function isKeyword(name: string): boolean {
  const [token] = scanSync(name).tokens;
  return token !== undefined && token.keywordKind > UNRESERVED;
}
