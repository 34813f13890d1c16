import type { Token } from '../token.js';
import { tokenize } from './lexical.js';

/** Queries in queries and views over views, as for MySQL. At some 160 the engine in memory has no stack left and breaks. */
export const MOST_LEVELS = 60;

type View = { own: number; names: Set<string> };

/**
 * Which of the statements make a view that stands on more than MOST_LEVELS levels, one of views that read each other among them.
 * SQLite looks at the query of a view only when that is read, so that its place in the script says nothing.
 */
export function deepViews(statements: readonly string[]): Set<string> {
  const views = new Map<string, View>();
  const nameOf = new Map<string, string>();
  for (const sql of statements) {
    if (!CREATE_VIEW.test(sql)) continue;
    const tokens = tokenize(sql);
    const start = tokens.findIndex(({ key }) => key === 'AS');
    const name = tokens.slice(0, Math.max(start, 0)).findLast(isName)?.text.toLowerCase();
    if (name === undefined) continue;
    nameOf.set(sql, name);
    const query = tokens.slice(start + 1);
    const known = views.get(name) ?? { own: 0, names: new Set() };
    for (const token of query) if (isName(token)) known.names.add(token.text.toLowerCase());
    views.set(name, { ...known, own: Math.max(known.own, levelsOf(query)) });
  }
  const levels = allLevels(views);
  return new Set(
    [...nameOf].filter(([, name]) => levels.get(name)! > MOST_LEVELS).map(([sql]) => sql),
  );
}

const CREATE_VIEW = /^(?:\s|--[^\n]*\n|\/\*.*?\*\/)*CREATE\s+(?:(?:TEMP|TEMPORARY)\s+)?VIEW\b/is;

function isName({ kind }: Token): boolean {
  return kind === 'word' || kind === 'name' || kind === 'string';
}

/** How deep queries stand in parentheses; 1 for a plain one. */
function levelsOf(tokens: readonly Token[]): number {
  const open: boolean[] = [];
  let level = 1;
  let most = 1;
  for (const [at, { key }] of tokens.entries()) {
    if (key === '(') {
      const isQuery = /^(?:SELECT|WITH|VALUES)$/.test(tokens[at + 1]?.key ?? '');
      open.push(isQuery);
      if (isQuery) most = Math.max(most, ++level);
    }
    if (key === ')' && open.pop()) level -= 1;
  }
  return most;
}

function allLevels(views: ReadonlyMap<string, View>): Map<string, number> {
  const levels = new Map([...views].map(([name, { own }]) => [name, own]));
  // Each round knows one level more, as far as anybody asks.
  for (let round = 0; round <= MOST_LEVELS; round += 1) {
    let isNew = false;
    for (const [name, { own, names }] of views) {
      let below = 0;
      for (const one of names) if (one !== name) below = Math.max(below, levels.get(one) ?? 0);
      const found = Math.min(own + below, MOST_LEVELS + 1);
      if (found === levels.get(name)) continue;
      levels.set(name, found);
      isNew = true;
    }
    if (!isNew) break;
  }
  return levels;
}
