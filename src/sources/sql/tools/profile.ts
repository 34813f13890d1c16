import type { SqlDatabase, SqlProfileName } from '../../../blueprint/database.js';
import type { SqlEntry } from '../../manifest/sql-source.js';
import { patternList } from '../expose/patterns.js';

export type Profile = SqlProfileName;

/** Which tables have tools of their own. */
export type ProfileChoice = {
  profile: Profile;
  typed: string[];
  /** Tables that tools for any table serve. */
  generic: string[];
};

/** Tokens that the tools of one database may cost in every conversation, unless mcp.yaml gives another budget. */
const TOKEN_BUDGET = 10_000;

/** More tools than this are more than models choose well from, and than some clients take. */
const TOOL_BUDGET = 40;

/**
 * `typed` where all tables with tools of their own keep within the budgets, else `generic`; what mcp.yaml says wins. `cost` says
 * what tools for some tables would be.
 */
export function chooseProfile(
  database: SqlDatabase,
  entry: Pick<SqlEntry, 'profile' | 'typed' | 'tokens'>,
  cost: (choice: ProfileChoice) => { tools: number; tokens: number },
): ProfileChoice {
  const names = Object.keys(database.tables);
  const typed: ProfileChoice = { profile: 'typed', typed: names, generic: [] };
  const generic: ProfileChoice = { profile: 'generic', typed: [], generic: names };
  const patterns = entry.typed && patternList(entry.typed);
  if (entry.profile === 'hybrid' || (entry.profile === undefined && patterns)) {
    const chosen = patterns
      ? names.filter((name) => patterns.matches([name]))
      : central(database).slice(0, 5);
    const rest = names.filter((name) => !chosen.includes(name));
    return { profile: 'hybrid', typed: chosen, generic: rest };
  }
  if (entry.profile === 'typed') return typed;
  if (entry.profile === 'generic') return generic;
  // What one table costs is at least this: a long look at hundreds of them is not needed.
  if (names.length > TOOL_BUDGET) return generic;
  const { tools, tokens } = cost(typed);
  return tools <= TOOL_BUDGET && tokens <= (entry.tokens ?? TOKEN_BUDGET) ? typed : generic;
}

/** Tables in the order of how many relations they have: what a schema is about. */
function central({ tables }: SqlDatabase): string[] {
  return Object.entries(tables)
    .map(([name, { relations = {} }]) => ({ name, count: Object.keys(relations).length }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}
