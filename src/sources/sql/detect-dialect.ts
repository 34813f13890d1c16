import { foreignSystem } from './foreign-system.js';
import type { Dialect } from './model.js';

/** `why` and `unsure` are words for a person: what in the text tells, or what was found of each. `foreign`: a system not read. */
export type Detection = { dialect: Dialect; why: string } | { unsure: string; foreign?: string };

type Feature = { dialect: Dialect; weight: number; name: string; pattern: RegExp };

/** Enough to tell by; what comes later is mostly rows. */
const MOST_CHARACTERS = 4_000_000;
/** How much more of one dialect than of the next there must be. */
const MARGIN = 1.5;

/** Weight 10: no other dialect has it. Less: others may, or rarely do. */
const FEATURES: Feature[] = [
  ...features('mysql', [
    [10, 'ENGINE =', /\bENGINE\s*=\s*\w+/i],
    [10, 'AUTO_INCREMENT', /\bAUTO_INCREMENT\b/i],
    [10, 'executable comments', /\/\*M?!\d{5}/],
    [8, 'DELIMITER', /^[ \t]*DELIMITER\s+\S/im],
    [6, 'character sets', /\b(?:CHARSET\s*=|CHARACTER\s+SET\b|COLLATE\s*=?\s*(?:utf8|latin1))/i],
    [6, 'ON UPDATE CURRENT_TIMESTAMP', /\bON\s+UPDATE\s+(?:CURRENT_TIMESTAMP|NOW\b)/i],
    [
      5,
      'KEY in tables',
      /^[ \t]*(?:UNIQUE\s+|FULLTEXT\s+)?(?:KEY|INDEX)\s+[`\w]+\s*(?:USING\s+\w+\s*)?\(/im,
    ],
    [
      5,
      'MODIFY and CHANGE',
      /\bALTER\s+(?:IGNORE\s+)?TABLE\s[^;]*?\b(?:MODIFY|CHANGE)\s+(?:COLUMN\s+)?[`\w]+\s+[`\w]/i,
    ],
    [5, 'LOCK TABLES', /^[ \t]*(?:UN)?LOCK\s+TABLES\b/im],
    [4, 'unsigned', /\b(?:INT|INTEGER|\w+INT|DECIMAL)\s*(?:\(\d+\)\s*)?UNSIGNED\b/i],
    [4, 'text types', /\b(?:TINY|MEDIUM|LONG)(?:TEXT|BLOB)\b|\bMEDIUMINT\b/i],
    [4, 'ENUM in columns', /\s(?:ENUM|SET)\s*\(\s*'/i],
    [3, 'backticks', /`\w+`/],
    [2, 'USE', /^[ \t]*USE\s+[`\w]+\s*;/im],
    [1, 'tinyint', /\bTINYINT\s*\(/i],
  ]),
  ...features('postgres', [
    [10, 'COPY … FROM stdin', /^[ \t]*COPY\s+.+\s+FROM\s+stdin\b/im],
    [10, 'commands of psql', /^\\(?:c|connect|restrict|i|ir|set|echo|if|unrestrict)\b/m],
    [10, 'CREATE EXTENSION', /\bCREATE\s+EXTENSION\b/i],
    [10, 'plpgsql', /\bplpgsql\b/i],
    [10, 'ALTER TABLE ONLY', /\bALTER\s+TABLE\s+ONLY\b/i],
    [8, 'dollar quotes', /\$(?:[a-z_]\w*)?\$/i],
    [8, 'pg_catalog', /\bpg_(?:catalog|trgm|class|type)\b|\bsearch_path\b/i],
    [8, 'nextval', /\bnextval\s*\(|\bCREATE\s+SEQUENCE\b/i],
    [8, 'CREATE TYPE, DOMAIN, POLICY', /\bCREATE\s+(?:TYPE|DOMAIN|POLICY|MATERIALIZED\s+VIEW)\b/i],
    [8, 'OWNER TO', /\bOWNER\s+TO\b/i],
    [6, '::casts', /[\w')\]]::[a-z_"]/i],
    [6, 'serial', /\b(?:BIG|SMALL)?SERIAL\b/i],
    [6, 'time zones', /\bTIMESTAMP(?:\s*\(\d\))?\s+WITH\s+TIME\s+ZONE\b|\bTIMESTAMPTZ\b/i],
    [4, 'no time zones', /\bTIMESTAMP(?:\s*\(\d\))?\s+WITHOUT\s+TIME\s+ZONE\b/i],
    [6, 'identity columns', /\bGENERATED\s+(?:ALWAYS|BY\s+DEFAULT)\s+AS\s+IDENTITY\b/i],
    [6, 'ALTER COLUMN … TYPE', /\bALTER\s+(?:COLUMN\s+)?"?\w+"?\s+(?:SET\s+DATA\s+)?TYPE\b/i],
    [6, 'index methods', /\bUSING\s+(?:gin|gist|brin)\b|\bINDEX\s+CONCURRENTLY\b/i],
    [5, 'jsonb, bytea', /\b(?:JSONB|BYTEA|TSVECTOR|INET|CITEXT)\b/i],
    [5, 'COMMENT ON', /\bCOMMENT\s+ON\s+(?:TABLE|COLUMN)\b/i],
    [4, 'character varying', /\bCHARACTER\s+VARYING\b/i],
    [4, 'arrays', /\b(?:text|integer|int|bigint|uuid|varchar)\s*\[\s*\]/i],
    [3, 'btree', /\bON\s+[\w."]+\s+USING\s+btree\b/i],
    [2, 'uuid', /\s"?\w+"?\s+UUID\b/i],
  ]),
  ...features('sqlite', [
    [10, 'AUTOINCREMENT', /\bAUTOINCREMENT\b/i],
    [10, 'WITHOUT ROWID', /\bWITHOUT\s+ROWID\b/i],
    [10, 'PRAGMA', /^[ \t]*PRAGMA\s+\w+/im],
    [10, 'virtual tables', /\bCREATE\s+VIRTUAL\s+TABLE\b/i],
    [10, 'COLLATE NOCASE', /\bCOLLATE\s+(?:NOCASE|RTRIM)\b/i],
    [10, 'sqlite_master', /\bsqlite_(?:sequence|master|schema|stat1)\b/i],
    [8, 'STRICT tables', /\)\s*STRICT\s*(?:;|,|$)/im],
    [
      8,
      'ON CONFLICT in keys',
      /\b(?:PRIMARY\s+KEY|UNIQUE|NOT\s+NULL)\s*(?:\([^)]*\))?\s+ON\s+CONFLICT\s+(?:IGNORE|REPLACE|FAIL|ABORT|ROLLBACK)\b/i,
    ],
    [6, 'RAISE in triggers', /\bRAISE\s*\(\s*(?:ABORT|IGNORE|FAIL|ROLLBACK)\b/i],
    [5, 'date functions', /\b(?:strftime|julianday|datetime|date)\s*\(\s*'(?:now|%)/i],
    [
      4,
      'names in brackets',
      /(?:TABLE|VIEW|INDEX|TRIGGER|REFERENCES|\(|,|^)\s*\[[A-Za-z_][\w ]*\]/im,
    ],
    [2, 'INTEGER PRIMARY KEY', /\bINTEGER\s+(?:NOT\s+NULL\s+)?PRIMARY\s+KEY\b/i],
    [1, 'BEGIN TRANSACTION', /^[ \t]*BEGIN\s+TRANSACTION\b/im],
    [1, 'BLOB', /\bBLOB\b/i],
  ]),
];

function features(dialect: Dialect, rows: [number, string, RegExp][]): Feature[] {
  return rows.map(([weight, name, pattern]) => ({ dialect, weight, name, pattern }));
}

/** What files and folders for one dialect are called. Weighs no more than a feature or two of the text. */
const NAMES: Feature[] = [
  ...features('mysql', [[5, 'its name', /(?<![a-z])(?:mysql|mariadb)(?![a-z])/i]]),
  ...features('postgres', [
    [5, 'its name', /(?<![a-z])(?:postgres(?:ql)?|pgsql|psql|pg)(?![a-z])/i],
  ]),
  ...features('sqlite', [[5, 'its name', /(?<![a-z])sqlite(?![a-z])/i]]),
];

/** With less than this the path may say otherwise. */
const CERTAIN = 6;
/** With this what only another system writes is an extension's. */
const BEYOND_DOUBT = 20;

/** Tells the dialect of scripts by what only one of them has; where that is little, by the last word of a dialect in their path. */
export function detectDialect(texts: readonly string[], path = ''): Detection {
  const text = withoutRows(texts);
  const found = FEATURES.filter(({ pattern }) => pattern.test(text));
  const byText = weigh(found);
  const foreign = foreignSystem(text);
  const isOwn = 'dialect' in byText && byText.score >= BEYOND_DOUBT;
  if (foreign !== undefined && !isOwn) return { unsure: `it is of ${foreign}`, foreign };
  if ('dialect' in byText && byText.score >= CERTAIN) return detectionOf(byText);
  const byBoth = weigh([...found, ...namedIn(path)]);
  return detectionOf('dialect' in byBoth ? byBoth : byText);
}

type Weighed = { dialect: Dialect; why: string; score: number } | { unsure: string };

function detectionOf(weighed: Weighed): Detection {
  return 'dialect' in weighed ? { dialect: weighed.dialect, why: weighed.why } : weighed;
}

function weigh(found: readonly Feature[]): Weighed {
  const scores = (['mysql', 'postgres', 'sqlite'] as const)
    .map((dialect) => {
      const own = found.filter((feature) => feature.dialect === dialect);
      return { dialect, score: own.reduce((sum, { weight }) => sum + weight, 0), own };
    })
    .sort((one, other) => other.score - one.score);
  const [best, second] = scores;
  if (!best || best.score === 0) return { unsure: 'nothing in it is of one dialect only' };
  const names = best.own
    .sort((one, other) => other.weight - one.weight)
    .slice(0, 3)
    .map(({ name }) => name)
    .join(', ');
  if (best.score < (second?.score ?? 0) * MARGIN) {
    const other = second!.own.map(({ name }) => name).slice(0, 3);
    return {
      unsure: `${names} speak for ${best.dialect}, ${other.join(', ')} for ${second!.dialect}`,
    };
  }
  return { dialect: best.dialect, why: names, score: best.score };
}

function namedIn(path: string): Feature[] {
  const parts = path.split(/[\\/]/).reverse();
  for (const part of parts) {
    const named = NAMES.filter(({ pattern }) => pattern.test(part));
    if (named.length > 0) return named.length === 1 ? named : [];
  }
  return [];
}

/** The texts up to a number of characters, without plain comments and without the lines of INSERT and its rows. */
function withoutRows(texts: readonly string[]): string {
  let text = '';
  for (const part of texts) {
    if (text.length >= MOST_CHARACTERS) break;
    text += `${part.slice(0, MOST_CHARACTERS - text.length)}\n`;
  }
  return text
    .replace(/^[ \t]*(?:--|#).*\n?/gm, '')
    .replace(/\/\*(?!M?!).*?\*\//gs, ' ')
    .replace(/^[ \t]*(?:INSERT\b|VALUES\b|\(?N?'|\().*\n?/gim, '');
}
