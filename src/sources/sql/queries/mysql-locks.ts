import { tokenize } from '../mysql/tokens.js';
import type { Token } from '../token.js';
import { indexOf, referencesIn, targetsIn, written } from './mysql-writes.js';
import type { WrittenTable } from './written-tables.js';

const PARTS = new Set(['UNION', 'EXCEPT', 'INTERSECT', 'MINUS']);
const FROM_ENDS = /^(?:WHERE|GROUP|HAVING|WINDOW|ORDER|LIMIT|PROCEDURE|INTO|FOR)$/;
const PLACES = new Set(['FROM', 'JOIN', 'STRAIGHT_JOIN', ',']);

/**
 * The tables that a SELECT … FOR UPDATE of MySQL locks, which takes the right to change them; also within others. FOR SHARE
 * takes none.
 */
export function mysqlLocks(text: string): WrittenTable[] {
  return selectsIn(tokenize(text, 0, text.length)).flatMap((tokens) => {
    const lock = tokens.findIndex(
      ({ key }, at) => key === 'FOR' && tokens[at + 1]?.key === 'UPDATE',
    );
    const from = indexOf(tokens, 'FROM');
    if (lock < 0 || from < 0 || from > lock) return [];
    const behind = tokens.slice(from + 1);
    const all = referencesIn(
      behind.slice(
        0,
        behind.findIndex(({ key }) => FROM_ENDS.test(key)),
      ),
    );
    if (tokens[lock + 2]?.key !== 'OF') return written(all, ['update']);
    const names = referencesIn(tokens.slice(lock + 3)).map(({ name }) => name);
    return written(targetsIn(all, names), ['update']);
  });
}

/** The tokens of each query, without those of the queries in it: in parentheses, or parts of a UNION. */
function selectsIn(tokens: readonly Token[]): Token[][] {
  const all: Token[][] = [];
  /** Undefined for parentheses that belong to the query around them. */
  const open: (Token[] | undefined)[] = [];
  let current: Token[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.key === '(') {
      const isJoin =
        PLACES.has(tokens[at - 1]?.key ?? '') &&
        !/^(?:SELECT|WITH|VALUES|\()$/.test(tokens[at + 1]?.key ?? '');
      open.push(isJoin ? undefined : current);
      if (!isJoin) current = [];
    } else if (token.key === ')') {
      const outer = open.pop();
      if (outer === undefined) continue;
      all.push(current);
      current = outer;
    } else if (PARTS.has(token.key)) {
      all.push(current.splice(0));
    } else current.push(token);
  }
  return [...all, current];
}
