import type { Dialect } from './model.js';

/** Something that speaks for a dialect; `name` is for a person. */
export type Feature = { dialect: Dialect; weight: number; name: string; pattern: RegExp };

/** Weight 10: no other dialect has it. Less: others may, or rarely do. */
export const FEATURES: Feature[] = [
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
      // A column that is called key has a type, and figures in its brackets.
      /(?:^|,)[ \t]*(?:UNIQUE\s+|FULLTEXT\s+|SPATIAL\s+)?(?:KEY|INDEX)(?:\s+[`\w]+)?\s*(?:USING\s+\w+\s*)?\(\s*[`"a-z_]/im,
    ],
    [
      5,
      'MODIFY and CHANGE',
      /\bALTER\s+(?:IGNORE\s+)?TABLE\s[^;]*?\b(?:MODIFY|CHANGE)\s+(?:COLUMN\s+)?[`\w]+\s+[`\w]/i,
    ],
    [5, 'LOCK TABLES', /^[ \t]*(?:UN)?LOCK\s+TABLES\b/im],
    [6, 'COMMENT in tables', /\bCOMMENT\s*=?\s*'/i],
    [6, 'partitions', /\bPARTITIONS\s+\d+\b|\bVALUES\s+LESS\s+THAN\b/i],
    [8, 'SET in triggers', /\bSET\s+NEW\s*\./i],
    [4, 'unsigned', /\b(?:INT|INTEGER|\w+INT|DECIMAL)\s*(?:\(\d+\)\s*)?UNSIGNED\b/i],
    [4, 'text types', /\b(?:TINY|MEDIUM|LONG)(?:TEXT|BLOB)\b|\bMEDIUMINT\b/i],
    [4, 'ENUM in columns', /\s(?:ENUM|SET)\s*\(\s*'/i],
    [3, 'backticks', /`\w+`/],
    [2, 'USE', /^[ \t]*USE\s+[`\w]+\s*;/im],
    [2, 'datetime', /\bDATETIME\b/i],
    [1, 'tinyint', /\bTINYINT\s*\(/i],
    [1, 'display widths', /\b(?:BIG|SMALL)?INT\s*\(\d+\)/i],
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
    // MySQL has it as well, and names in backticks.
    [6, 'serial', /(?<!`\s*)\b(?:BIG|SMALL)?SERIAL\b/i],
    [6, 'time zones', /\bTIMESTAMP(?:\s*\(\d\))?\s+WITH\s+TIME\s+ZONE\b|\bTIMESTAMPTZ\b/i],
    [4, 'no time zones', /\bTIMESTAMP(?:\s*\(\d\))?\s+WITHOUT\s+TIME\s+ZONE\b/i],
    [6, 'identity columns', /\bGENERATED\s+(?:ALWAYS|BY\s+DEFAULT)\s+AS\s+IDENTITY\b/i],
    [6, 'ALTER COLUMN … TYPE', /\bALTER\s+(?:COLUMN\s+)?"?\w+"?\s+(?:SET\s+DATA\s+)?TYPE\b/i],
    [6, 'index methods', /\bUSING\s+(?:gin|gist|brin)\b|\bINDEX\s+CONCURRENTLY\b/i],
    [
      5,
      'types such as jsonb',
      /\b(?:JSONB|BYTEA|TSVECTOR|TSQUERY|INET|CIDR|MACADDR8?|CITEXT|HSTORE|REGCLASS|REGPROC|(?:INT[48]|NUM|TSTZ)RANGE)\b/i,
    ],
    [2, 'int4 and int8', /\b(?:INT[248]|FLOAT[48]|TIMETZ|BPCHAR)\b/i],
    [4, 'interval', /\sINTERVAL\s*(?:,|\)|NOT\b|NULL\b|DEFAULT\b)/i],
    [8, 'functions for UUIDs', /\bgen_random_uuid\s*\(|\buuid_generate_v\d\w*\s*\(/i],
    [8, 'RETURNS trigger', /\bRETURNS\s+TRIGGER\b|\bEXECUTE\s+(?:PROCEDURE|FUNCTION)\b/i],
    [8, 'inheritance', /\)\s*INHERITS\s*\(|\bPARTITION\s+OF\s+[\w"]/i],
    [10, 'classes of operators', /\b(?:varchar|text|bpchar)_pattern_ops\b/i],
    // SQLite cannot add one, and MySQL has other quotes.
    [6, 'ADD CONSTRAINT', /\bALTER\s+TABLE\s+(?:[\w"]+\.)?"[^"\n]+"\s+ADD\s+CONSTRAINT\b/i],
    [
      6,
      'the schema public',
      /\b(?:TABLE|EXISTS|REFERENCES|ON|VIEW)\s+(?:"public"|public)\s*\.\s*["\w]/i,
    ],
    [6, 'AUTHORIZATION', /\bCREATE\s+SCHEMA\s+[^;]*\bAUTHORIZATION\b/i],
    [3, 'CREATE SCHEMA', /\bCREATE\s+SCHEMA\b/i],
    [2, 'double precision', /\bDOUBLE\s+PRECISION\b/i],
    [2, 'DEFAULT now()', /\bDEFAULT\s+now\s*\(\s*\)/i],
    [5, 'COMMENT ON', /\bCOMMENT\s+ON\s+(?:TABLE|COLUMN)\b/i],
    [4, 'character varying', /\bCHARACTER\s+VARYING\b/i],
    [4, 'arrays', /\b(?:text|integer|int|bigint|uuid|varchar)\s*\[\s*\]/i],
    [3, 'btree', /\bON\s+[\w."]+\s+USING\s+btree\b/i],
    [2, 'uuid', /[\s(]"?\w+"?\s+UUID\b/i],
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
    [
      5,
      'date functions',
      /\b(?:strftime|julianday|datetime|date)\s*\(\s*'(?:now|%)|\bunixepoch\s*\(/i,
    ],
    [
      8,
      'triggers of one BEGIN',
      /\bCREATE\s+(?:TEMP\w*\s+)?TRIGGER\s[^;]*?\sON\s+[\w"`.]+\s+(?:WHEN\b[^;]*?\s)?BEGIN\b/i,
    ],
    // Neither has the others' quotes: PostgreSQL no backticks, and no datetime, MySQL no text as a key.
    [8, 'text keys in backticks', /`\w+`\s+TEXT\s+(?:NOT\s+NULL\s+)?PRIMARY\s+KEY\b/i],
    [4, 'integer keys in backticks', /`\w+`\s+INTEGER\s+PRIMARY\s+KEY\b/i],
    [4, 'datetime in double quotes', /"\w+"\s+DATETIME\b/i],
    [
      8,
      'unsigned in double quotes',
      /"\w+"\s+(?:small|big)?int(?:eger)?\s+unsigned\s+(?:NOT\s+)?NULL\s+CHECK\s*\(/i,
    ],
    [2, 'datetime', /\bDATETIME\b/i],
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
export const NAMES: Feature[] = [
  ...features('mysql', [[5, 'its name', /(?<![a-z])(?:mysql|mariadb)(?![a-z])/i]]),
  ...features('postgres', [
    [5, 'its name', /(?<![a-z])(?:postgres(?:ql)?|pgsql|psql|pg)(?![a-z])/i],
  ]),
  ...features('sqlite', [[5, 'its name', /(?<![a-z])sqlite(?![a-z])/i]]),
];
