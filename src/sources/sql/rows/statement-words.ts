import { endStatement } from './end-statement.js';
import { isBlank } from './byte-classes.js';
import { plainName, rowsOf } from './begin-statement.js';
import type { Scan, StatementFacts } from './scan.js';

/** So much of the beginning of a statement says what it is. */
const MOST_WORDS = 120;
const ROUTINE = /^ create (?:or replace )?(?:function|procedure) /;
const TRIGGER = /^ create (?:temp |temporary )?trigger /;
const BODIES = new Set(['procedure', 'function', 'trigger', 'event', 'package']);
const INSERT = /^ (?:insert|replace) /;

/** Takes note of a word of a statement, up to where it turns out to be rows. */
export function takeWord(scan: Scan, statement: StatementFacts, word: string): void {
  const isHead = statement.words.length < MOST_WORDS;
  if (isHead) statement.words += `${word} `;
  countBlocks(scan, statement, word);
  if (isHead && scan.rules.dialect === 'mysql') findBody(scan, statement, word);
  if (statement.isAfterSemicolon && word === 'end') endTrigger(scan, statement);
  if (word === 'from') statement.hasFrom = true;
  if (word === 'select') statement.selects += 1;
  if (INSERT.test(statement.words)) beginRows(scan, statement, word);
}

/** In MySQL: whether a body follows, in which semicolons end nothing. */
function findBody({ delimiter }: Scan, statement: StatementFacts, word: string): void {
  const { words } = statement;
  if (!words.startsWith(' create ') || statement.parentheses !== 0 || statement.isCompound) return;
  if (!BODIES.has(word) || / (?:table|view) /.test(words)) return;
  statement.isCompound = true;
  if (delimiter === ';') statement.blocks = 0;
}

function countBlocks(scan: Scan, statement: StatementFacts, word: string): void {
  const { dialect } = scan.rules;
  if (dialect === 'sqlite') {
    if (word === 'trigger' && TRIGGER.test(statement.words)) statement.isCompound = true;
    return;
  }
  const wasEnd = statement.isAfterEnd;
  statement.isAfterEnd = word === 'end';
  if (dialect === 'postgres') {
    const inside = statement.blocks > 0;
    if (word === 'end' && inside) statement.blocks -= 1;
    else if (word === 'case' && inside) statement.blocks += 1;
    else if (word === 'begin' && ROUTINE.test(statement.words)) statement.blocks += 1;
    return;
  }
  if (!statement.isCompound) return;
  // `END IF` and its like close what is not counted, because IF and REPEAT are functions too.
  if (word === 'begin' || (word === 'case' && !wasEnd)) statement.blocks += 1;
  if (word !== 'end') return;
  const next = scan.bytes.toString('latin1', scan.at, scan.at + 20);
  if (!/^\s+(?:IF|LOOP|WHILE|REPEAT|FOR)\b/i.test(next))
    statement.blocks = Math.max(0, statement.blocks - 1);
}

/** A trigger of SQLite ends at the END behind a semicolon, as `sqlite3_complete` has it. */
function endTrigger(scan: Scan, statement: StatementFacts): void {
  if (scan.rules.dialect !== 'sqlite' || !statement.isCompound) return;
  const { bytes } = scan;
  let at = scan.at;
  while (at < bytes.length && isBlank(bytes[at])) at += 1;
  if (at >= bytes.length || bytes[at] === 0x3b) endStatement(scan, Math.min(at + 1, bytes.length));
}

const ROW_WORDS = {
  postgres: /^(?:values|default)$/,
  mysql: /^(?:values?|set)$/,
  sqlite: /^(?:values|default)$/,
};
const NAME = String.raw`(?:"(?:[^"]|"")*"|\`[^\`]*\`|\[[^\]]*\]|[^\s("'\`\[;.]+)`;
const HEAD = new RegExp(
  String.raw`^(?:\s|/\*M?!\d*)*(?:insert|replace)\s+(?:(?:low_priority|delayed|high_priority|ignore|or\s+\w+)\s+)*(?:into\b\s*)?(?:(?:only)\s+)?(${NAME}(?:\s*\.\s*${NAME})*)`,
  'i',
);
const CATALOGUE = /^(?:main\.)?sqlite_(?:master|schema)$/i;

/** An INSERT whose values begin: they are passed over from here on. */
function beginRows(scan: Scan, statement: StatementFacts, word: string): void {
  const { bytes, kept, rules } = scan;
  if (statement.parentheses !== 0 || statement.selects > 0) return;
  if (!ROW_WORDS[rules.dialect].test(word)) return;
  const before = Buffer.from(kept.sinceMark(Number.MAX_SAFE_INTEGER), 'latin1');
  const head = Buffer.concat([before, bytes.subarray(scan.from, scan.at)]);
  const named = HEAD.exec(head.toString('utf8'));
  // The name of the table itself may be such a word.
  if (named === null || named[0].length >= head.toString('utf8').length) return;
  const name = plainName(named[1]!);
  // The shell's `.dump` writes a virtual table as a row of the catalogue.
  if (rules.dialect === 'sqlite' && CATALOGUE.test(name)) return;
  kept.forget();
  const isCounting = word === 'values' || word === 'value';
  const blanks = head.findIndex((byte) => !isBlank(byte));
  scan.last = { head: head.subarray(blanks), name, isCounting };
  scan.rows = rowsOf(scan.last);
  scan.statement = undefined;
}
