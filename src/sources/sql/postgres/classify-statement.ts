import type { Statement } from './split-statements.js';

/**
 * What the loader does with a statement: `leave` says nothing of the schema (data, rights, transactions, the server, triggers);
 * `begin` and `end` are the edges of a transaction; `path` sets the search path; `drop` may fail; `call` runs code that may
 * make things, or makes them of a query (SELECT … INTO); `relation` makes a table or view and `part` anything else.
 */
export type StatementKind =
  | { kind: 'leave' | 'begin' | 'end' | 'drop' | 'call' }
  | { kind: 'path'; local: boolean; value: string }
  | { kind: 'relation'; name: string }
  | { kind: 'part' };

const LEAVE = new RegExp(
  [
    'savepoint|release|grant|revoke|insert|update|delete|merge|truncate|copy|vacuum|analy[sz]e|cluster|reindex|lock|notify',
    'listen|unlisten|checkpoint|discard|deallocate|prepare|execute|declare|fetch|move|close|explain|show|reset|table|values',
    'with|load|alter\\s+default\\s+privileges|security\\s+label|reassign\\s+owned|drop\\s+owned|rollback\\s+to',
    'comment\\s+on\\s+(?:database|extension|role|tablespace|event\\s+trigger|subscription|publication|trigger|policy)',
    '(?:create|alter|drop)\\s+(?:role|user|group|database|tablespace|subscription|publication|event\\s+trigger)',
    '(?:create|alter|drop)\\s+(?:or\\s+replace\\s+)?(?:constraint\\s+)?(?:trigger|policy)',
    'alter\\s+(?:system|extension|large\\s+object)|set',
  ]
    .map((part) => `(?:${part})`)
    .join('|')
    .replace(/^/, '^(?:')
    .replace(/$/, ')\\b'),
  'i',
);
const BEGIN = /^(?:begin|start\s+transaction)\b/i;
const END = /^(?:commit|end|rollback|abort)\b/i;
const OWNER = /^alter\s[^;']*\sowner\s+to\s+(?:"(?:[^"]|"")+"|[\w$]+)\s*$/i;
const PATH =
  /^set\s+(?:(session|local)\s+)?(?:search_path\s*(?:=|\bto\b)\s*|schema\s+(?='))([\s\S]+)$/i;
const RESET_PATH = /^(?:reset\s+(?:search_path|all)|discard\s+all)\s*$/i;
const SWITCH =
  /^alter\s+table\s+(?:only\s+)?\S+\s+(?:enable|disable)\s+(?:always\s+|replica\s+)?(?:trigger|rule)\s+\S+\s*$/i;
const WITH_INTO = /^with\b(?=[\s\S]*\binto\b)(?![\s\S]*\b(?:insert|merge)\s+into\b)/i;
const EXTENSION_DUMP = /^select\s+(?:pg_catalog\s*\.\s*)?pg_extension_config_dump\s*\(/i;
const SET_LOCAL_CALL = /^select\s+(?:pg_catalog\s*\.\s*)?set_config\s*\(\s*'(?!search_path')/i;
const NAME = String.raw`(?:"(?:[^"]|"")+"|[\w$\u0080-\uffff]+)`;
const RELATION = new RegExp(
  String.raw`^create\s+(?:or\s+replace\s+)?(?:(?:global|local)\s+)?(?:unlogged\s+|recursive\s+|foreign\s+|materialized\s+)*` +
    String.raw`(?:table|view)\s+(?:if\s+not\s+exists\s+)?(${NAME}(?:\s*\.\s*${NAME}){0,2})`,
  'i',
);

/** Goes by the first words only: what is behind them, PostgreSQL itself reads. */
export function classifyStatement({ text }: Statement): StatementKind {
  if (BEGIN.test(text)) return { kind: 'begin' };
  const path = PATH.exec(text);
  if (path) {
    return { kind: 'path', local: path[1]?.toLowerCase() === 'local', value: path[2] ?? '' };
  }
  if (RESET_PATH.test(text)) return { kind: 'path', local: false, value: 'DEFAULT' };
  if (/^rollback\s+to\b/i.test(text)) return { kind: 'leave' };
  if (END.test(text)) return { kind: 'end' };
  if (WITH_INTO.test(text)) return { kind: 'call' };
  if (EXTENSION_DUMP.test(text)) return { kind: 'leave' };
  if (LEAVE.test(text) || OWNER.test(text) || SWITCH.test(text) || SET_LOCAL_CALL.test(text))
    return { kind: 'leave' };
  if (/^drop\b/i.test(text)) return { kind: 'drop' };
  if (/^(?:do|select|call|perform)\b/i.test(text)) return { kind: 'call' };
  const relation = RELATION.exec(text);
  return relation?.[1] === undefined ? { kind: 'part' } : { kind: 'relation', name: relation[1] };
}

const DESCRIBED =
  /^(?:create|alter|drop|comment\s+on)\s[^;('"]*?\s(?:if\s+(?:not\s+)?exists\s+)?("[^"]*"|[\w$.]+)(?:\.("[^"]*"|[\w$]+))?/i;

/** A short name for people: `CREATE TABLE shop.orders`, or the beginning of the statement. */
export function describeStatement(text: string): string {
  const flat = text.slice(0, 400).replace(/\s+/g, ' ');
  const head = /^create|^alter|^drop|^comment/i.test(flat) ? (headOf(flat) ?? flat) : flat;
  return head.length > 80 ? `${head.slice(0, 79)}…` : head;
}

function headOf(flat: string): string | undefined {
  const stop = flat.search(
    /\s*\(|\s(?:as|using|for|add|alter column|drop column|is|before|after|returns|to)\s/i,
  );
  return stop > 0 ? flat.slice(0, stop) : DESCRIBED.exec(flat)?.[0];
}
