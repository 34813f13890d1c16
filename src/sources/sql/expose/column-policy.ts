import type { SqlEntry } from '../../manifest/sql-source.js';
import type { ColumnModel, TableModel } from '../model.js';
import { matcher, namesOf } from './patterns.js';

export type ColumnPolicy = 'hidden' | 'masked' | 'read-only' | 'shown';

/** Names of columns that hold secrets in every schema that we know; words are parted by anything but letters. */
const SECRET =
  /(?:^|[^a-z])(?:passw(?:or)?d|passwd|pwd|passphrase|secret|(?:api|access|private|secret|signing|encryption|auth)[^a-z]?keys?|tokens?[^a-z]?(?:hash|digest|secret|value)|otp|totp|mfa[^a-z]?secret|salt|pin(?:[^a-z]?code)?|cvv|cvc|ssn|(?:credit[^a-z]?)?card[^a-z]?(?:number|no)|credit[^a-z]?card)(?:$|[^a-z])|(?:^|[^a-z])token$/;

/** What holds for a column holds for the column of a view that shows it: the strictest first. */
const CLOSED: readonly ColumnPolicy[] = ['hidden', 'masked'];

/** What callers see of a column: what mcp.yaml says of it, the most exact pattern first, or by its name and by what it is made of. */
export type Decision = {
  policy: ColumnPolicy;
  /** The name decided, nobody else. */
  isGuess: boolean;
  /** The column of the same table by which it is closed. */
  because?: string;
};

export type Policies = {
  policyOf: (table: TableModel, column: ColumnModel) => Decision;
  unused: () => string[];
};

type Own = Decision & { isExact: boolean };
type Named = Pick<TableModel, 'schema' | 'name'>;

export function columnPolicies(
  columns: SqlEntry['columns'] = {},
  tables: readonly TableModel[] = [],
): Policies {
  const rules = Object.entries(columns).map(([pattern, policy]) => ({
    pattern,
    policy,
    fits: matcher(pattern.includes('.') ? pattern : `*.${pattern}`),
    stars: pattern.split('*').length,
    used: false,
  }));
  // The more of a name is spelled out, the more exact it is.
  rules.sort((a, b) => a.stars - b.stars || b.pattern.length - a.pattern.length);
  const ownPolicy = (table: Named, column: ColumnModel): Own => {
    const names = namesOf(table).map((name) => `${name}.${column.name}`);
    const found = rules.filter(({ fits }) => names.some(fits));
    for (const rule of found) rule.used = true;
    if (found[0]) {
      const { policy, stars } = found[0];
      return { policy, isGuess: false, isExact: stars === 1 };
    }
    const isGuess = looksSecret(column);
    return { policy: isGuess ? 'masked' : 'shown', isGuess, isExact: false };
  };
  const known = new Map<TableModel, ReadonlyMap<string, Own>>();
  const inTable = (table: TableModel): ReadonlyMap<string, Own> => {
    const found = known.get(table);
    if (found) return found;
    const all = new Map(table.columns.map((column) => [column.name, ownPolicy(table, column)]));
    closeMade(table, all);
    known.set(table, all);
    return all;
  };
  const byName = new Map(tables.map((table) => [keyOf(table), table]));
  const sourcePolicy = (source: NonNullable<ColumnModel['shows']>[number], column: ColumnModel) => {
    const { table: name, column: of, ...schema } = source;
    const table = byName.get(keyOf({ name, ...schema }));
    const { policy, isGuess } =
      (table && inTable(table).get(of)) ?? ownPolicy({ name, ...schema }, { ...column, name: of });
    return { policy, isGuess };
  };
  return {
    policyOf: (table, column) => {
      const own = inTable(table).get(column.name) ?? ownPolicy(table, column);
      // Whoever names the column of the view means it.
      if (own.isExact) return own;
      const all = [own, ...(column.shows ?? []).map((source) => sourcePolicy(source, column))];
      return (
        CLOSED.flatMap((closed) => all.find(({ policy }) => policy === closed) ?? [])[0] ?? own
      );
    },
    unused: () => rules.filter(({ used }) => !used).map(({ pattern }) => pattern),
  };
}

const keyOf = ({ schema, name }: Named): string => JSON.stringify([schema, name]);

/** Closes columns that are made of closed ones, and those that are made of these, unless mcp.yaml names them. */
function closeMade({ columns }: TableModel, policies: Map<string, Own>): void {
  const madeOf = new Map<string, string[]>();
  for (const { name, generated, madeOf: sources } of columns) {
    // Of an expression that is not known, any may be part.
    const others = generated ? columns.map((one) => one.name).filter((one) => one !== name) : [];
    for (const source of sources ?? others) {
      madeOf.set(source, [...(madeOf.get(source) ?? []), name]);
    }
  }
  for (const closed of CLOSED) {
    const open = columns
      .map(({ name }) => name)
      .filter((name) => policies.get(name)?.policy === closed);
    for (let source = open.shift(); source !== undefined; source = open.shift()) {
      for (const name of madeOf.get(source) ?? []) {
        const own = policies.get(name);
        if (!own || own.isExact || CLOSED.includes(own.policy)) continue;
        policies.set(name, { policy: closed, isGuess: false, isExact: false, because: source });
        open.push(name);
      }
    }
  }
}

/** Flags and dates about a secret are none. */
function looksSecret({ name, type }: ColumnModel): boolean {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  if (!['text', 'binary', 'json', 'uuid', 'other'].includes(type.kind)) return false;
  return SECRET.test(words);
}
