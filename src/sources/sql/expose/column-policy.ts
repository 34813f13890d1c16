import type { SqlEntry } from '../../manifest/sql-source.js';
import type { ColumnModel, TableModel } from '../model.js';
import { matcher, namesOf } from './patterns.js';

export type ColumnPolicy = 'hidden' | 'masked' | 'read-only' | 'shown';

/** Names of columns that hold secrets in every schema that we know; words are parted by anything but letters. */
const SECRET =
  /(?:^|[^a-z])(?:passw(?:or)?d|passwd|pwd|passphrase|secret|(?:api|access|private|secret|signing|encryption|auth)[^a-z]?keys?|tokens?[^a-z]?(?:hash|digest|secret|value)|otp|totp|mfa[^a-z]?secret|salt|pin(?:[^a-z]?code)?|cvv|cvc|ssn|(?:credit[^a-z]?)?card[^a-z]?(?:number|no)|credit[^a-z]?card)(?:$|[^a-z])|(?:^|[^a-z])token$/;

/** What holds for a column holds for the column of a view that shows it: the strictest first. */
const CLOSED: readonly ColumnPolicy[] = ['hidden', 'masked'];

/** Says what callers see of each column: what mcp.yaml says of it, the most exact pattern first, or by its name. */
export type PolicyOf = (
  table: TableModel,
  column: ColumnModel,
) => {
  policy: ColumnPolicy;
  /** The name decided, nobody else. */
  isGuess: boolean;
};

export type Policies = { policyOf: PolicyOf; unused: () => string[] };

export function columnPolicies(columns: SqlEntry['columns'] = {}): Policies {
  const rules = Object.entries(columns).map(([pattern, policy]) => ({
    pattern,
    policy,
    fits: matcher(pattern.includes('.') ? pattern : `*.${pattern}`),
    stars: pattern.split('*').length,
    used: false,
  }));
  // The more of a name is spelled out, the more exact it is.
  rules.sort((a, b) => a.stars - b.stars || b.pattern.length - a.pattern.length);
  const ownPolicy = (
    table: Pick<TableModel, 'schema' | 'name'>,
    column: ColumnModel,
  ): ReturnType<PolicyOf> & { isExact: boolean } => {
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
  return {
    policyOf: (table, column) => {
      const own = ownPolicy(table, column);
      // Whoever names the column of the view means it.
      if (own.isExact) return own;
      const shown = (column.shows ?? []).map(({ table: name, column: source, ...schema }) =>
        ownPolicy({ name, ...schema }, { ...column, name: source }),
      );
      const all = [own, ...shown];
      return (
        CLOSED.flatMap((closed) => all.find(({ policy }) => policy === closed) ?? [])[0] ?? own
      );
    },
    unused: () => rules.filter(({ used }) => !used).map(({ pattern }) => pattern),
  };
}

/** Flags and dates about a secret are none. */
function looksSecret({ name, type }: ColumnModel): boolean {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  if (!['text', 'binary', 'json', 'uuid', 'other'].includes(type.kind)) return false;
  return SECRET.test(words);
}
