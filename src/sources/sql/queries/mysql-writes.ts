import { tokenize } from '../mysql/tokens.js';
import type { Token } from '../token.js';
import type { WrittenTable } from './written-tables.js';

type Reference = Omit<WrittenTable, 'kind'> & { alias: string };

const MODIFIERS = new Set(['LOW_PRIORITY', 'HIGH_PRIORITY', 'DELAYED', 'QUICK', 'IGNORE', 'INTO']);
/** What comes behind a table that is not its alias. */
const BEHIND = new Set([
  ...['ON', 'USING', 'JOIN', 'INNER', 'CROSS', 'LEFT', 'RIGHT', 'NATURAL', 'STRAIGHT_JOIN'],
  ...[
    'OUTER',
    'USE',
    'FORCE',
    'IGNORE',
    'PARTITION',
    'WHERE',
    'ORDER',
    'LIMIT',
    'SET',
    'RETURNING',
  ],
]);

/**
 * The tables that an INSERT, REPLACE, UPDATE or DELETE of MySQL changes. Of an UPDATE over several tables those whose columns
 * it sets, or all where it does not say whose they are.
 */
export function mysqlWrites(text: string): WrittenTable[] {
  const tokens = outermost(tokenize(text, 0, text.length));
  const start = tokens.findIndex(({ key }) =>
    /^(?:SELECT|INSERT|REPLACE|UPDATE|DELETE)$/.test(key),
  );
  const verb = tokens[start]?.key;
  let at = start + 1;
  while (MODIFIERS.has(tokens[at]?.key ?? '')) at += 1;
  const rest = tokens.slice(at);
  if (verb === 'INSERT' || verb === 'REPLACE') {
    const updates = indexOf(rest, 'DUPLICATE') >= 0;
    return written(referencesIn(rest).slice(0, 1), [
      'create',
      ...(verb === 'REPLACE' ? (['delete'] as const) : []),
      ...(updates ? (['update'] as const) : []),
    ]);
  }
  if (verb === 'UPDATE') {
    const set = indexOf(rest, 'SET');
    const all = referencesIn(rest.slice(0, set));
    const named = targetsIn(all, assigned(rest.slice(set + 1)));
    return written(named.length > 0 ? named : all, ['update']);
  }
  if (verb !== 'DELETE') return [];
  const isFirst = rest[0]?.key === 'FROM';
  const divider = indexOf(rest, isFirst ? 'USING' : 'FROM');
  const targets = rest.slice(isFirst ? 1 : 0, divider < 0 ? undefined : divider);
  if (divider < 0) return written(referencesIn(targets).slice(0, 1), ['delete']);
  const names = referencesIn(targets).map(({ name }) => name);
  return written(targetsIn(referencesIn(rest.slice(divider + 1)), names), ['delete']);
}

export function written(
  tables: readonly Reference[],
  kinds: WrittenTable['kind'][],
): WrittenTable[] {
  return tables.flatMap(({ alias: _, ...table }) => kinds.map((kind) => ({ ...table, kind })));
}

/** Tokens that stand in no parentheses. */
function outermost(tokens: readonly Token[]): Token[] {
  let depth = 0;
  return tokens.filter(({ key }) => {
    if (key === '(') depth += 1;
    const isOut = depth === 0;
    if (key === ')') depth -= 1;
    return isOut;
  });
}

export function indexOf(tokens: readonly Token[], key: string): number {
  return tokens.findIndex((token) => token.key === key);
}

/** Tables with the names by which the rest of the statement knows them: behind commas and JOIN, and at the beginning. */
export function referencesIn(tokens: readonly Token[]): Reference[] {
  const found: Reference[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const before = tokens[at - 1]?.key;
    const isPlace = at === 0 || before === ',' || before === 'JOIN' || before === 'STRAIGHT_JOIN';
    if (tokens[at]!.key === 'WHERE') break;
    if (!isPlace || !isName(tokens[at])) continue;
    const isQualified = tokens[at + 1]?.key === '.' && tokens[at + 2]?.key !== '*';
    const name = tokens[isQualified ? at + 2 : at]!.text;
    let next = tokens[at + (isQualified ? 3 : 1)];
    if (next?.key === 'AS') next = tokens[tokens.indexOf(next) + 1];
    const alias = next && isName(next) && !BEHIND.has(next.key) ? next.text : name;
    found.push({ ...(isQualified && { schema: tokens[at]!.text }), name, alias });
  }
  return found;
}

function isName(token: Token | undefined): boolean {
  return token?.kind === 'word' || token?.kind === 'name';
}

/** Those tables that are meant by one of the names. */
export function targetsIn(tables: readonly Reference[], names: readonly string[]): Reference[] {
  return tables.filter(({ alias }) =>
    names.some((name) => name.toLowerCase() === alias.toLowerCase()),
  );
}

/** Tables of the columns that stand before `=`, at the beginning and behind commas. */
function assigned(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token, at) => {
    const isPlace = at === 0 || tokens[at - 1]?.key === ',';
    if (!isPlace || !isName(token) || tokens[at + 1]?.key !== '.') return [];
    return tokens[at + 3]?.key === '.' ? tokens[at + 2]!.text : token.text;
  });
}
