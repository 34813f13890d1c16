import type { SqlDatabase } from '../../../blueprint/database.js';

/** Texts in single quotes and comments hold no names; names in quotes are kept. */
const NO_NAMES = /'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g;
const NAME = /"(?:[^"]|"")+"|`(?:[^`]|``)+`|[\p{L}_][\p{L}\p{N}_$]*/gu;
/** `SELECT *`, `t.*` and `, *`, and neither `count(*)` nor a product. */
const EVERY_COLUMN = /(?:\bselect\s+(?:all\s+|distinct\s+)?|\.\s*|,\s*)\*/i;

/**
 * The masked columns that a statement may read, as `table.column`: those that it names beside their table, and all of a table
 * beside a star. A name of another table counts too, for nobody reads the statement here.
 */
export function maskedNames(text: string, { tables }: Pick<SqlDatabase, 'tables'>): string[] {
  const plain = text.replace(NO_NAMES, ' ');
  const named = new Set((plain.match(NAME) ?? []).map(bare));
  const takesAll = EVERY_COLUMN.test(plain);
  return Object.entries(tables).flatMap(([called, table]) => {
    if (!named.has(table.name.toLowerCase())) return [];
    return Object.entries(table.columns)
      .filter(([name, { masked, name: own = name }]) => {
        return masked === true && (takesAll || named.has(own.toLowerCase()));
      })
      .map(([name]) => `${called}.${name}`);
  });
}

function bare(name: string): string {
  const quote = name[0] ?? '';
  const isQuoted = quote === '"' || quote === '`';
  const inner = isQuoted ? name.slice(1, -1).replaceAll(quote + quote, quote) : name;
  return inner.toLowerCase();
}
