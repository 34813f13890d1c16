import {
  blockComment,
  hashComment,
  identifier,
  jsKey,
  jsString,
  jsonString,
  modulePath,
} from './emit.js';
import { exportOwn, handlerHead, importHandler, throwUserInput } from './handler-source.js';
import { envName, envValue } from './env-file.js';
import { jsonStyle, printExpanded, printLiteral } from './literal.js';
import { markdownCode, markdownText } from './markdown.js';
import { SourceText } from './source-text.js';
import { mysqlName, sqlName, sqlRights, sqlWord } from './sql-text.js';

const WIDTH = 100;

/** Everything that templates may print values with; there is no other way for a value into a file. */
export const helpers: Record<string, (...args: never[]) => string> = {
  /** A string literal. */
  js: (text: string) => jsString(text),
  /** An object literal with every property on a line of its own, beginning in the first column. */
  literal: (value: object) => printExpanded(value),
  comment: (text: string) => blockComment(text),
  id: (name: string) => identifier(name),
  jsModule: (path: string) => modulePath(path),
  json: (value: unknown) =>
    typeof value === 'string' ? jsonString(value) : printLiteral(value, undefined, jsonStyle),
  jsonExpanded: (value: object) => printExpanded(value, 0, jsonStyle),
  md: (text: string) => markdownText(text),
  mdCode: (text: string) => markdownCode(text),
  hash: (text: string) => hashComment(text),
  envName: (name: string) => envName(name),
  envValue: (value: string) => envValue(value),
  number: (value: number) => formatted(value),
  toolCount: (count: number) => `${formatted(count)} ${count === 1 ? 'tool' : 'tools'}`,
  /** The part of a link behind `#`. */
  anchor: (slug: string) => {
    if (!/^[a-z0-9_-]+$/.test(slug)) throw new TypeError('not an anchor');
    return slug;
  },
  source: (value: SourceText) => {
    if (!(value instanceof SourceText)) throw new TypeError('not source text');
    return value.text;
  },
  importTypes: (names: string[], from: string) => importStatement('import type', names, from),
  imports: (names: string[], from: string) => importStatement('import', names, from),
  defineTool: (tool: ToolView) => defineTool(tool),
  exportOwn: (name: string, from: string) => exportOwn(name, from),
  importHandler: (name: string, from: string) => importHandler(name, from),
  handlerHead: (type: string, types: string[], takes: string[]) => handlerHead(type, types, takes),
  throwUserInput: (message: string) => throwUserInput(message),
  /** A database in the list of all: its facts, and the tables that are spread over files. */
  databaseEntry: (view: DatabaseView) => databaseEntry(view),
  /** A command line of plain words. */
  sh: (text: string) => {
    if (!/^[\w ./:=-]+$/.test(text)) throw new TypeError('not plain words');
    return text.trim();
  },
  sqlName: (name: string) => sqlName(name),
  sqlNames: (names: string[]) => names.map(sqlName).join(', '),
  sqlPath: (names: string[]) => names.map(sqlName).join('.'),
  mysqlName: (name: string) => mysqlName(name),
  mysqlNames: (names: string[]) => names.map(mysqlName).join(', '),
  mysqlPath: (names: string[]) => names.map(mysqlName).join('.'),
  sqlRights: (rights: string) => sqlRights(rights),
  sqlWord: (word: string) => sqlWord(word),
  /** Elements of a list: each kind of backend made from its data. */
  backendArray: (calls: { create: string; data: string }[]) =>
    arrayOf(
      'export const backends: BackendFactory[] = ',
      calls.map(({ create, data }) => `${identifier(create)}(${identifier(data)})`),
    ),
  toolArray: (names: string[], type: string) => toolArray(names, identifier(type)),
};

type ToolView = {
  constant: string;
  define: string;
  types: string[];
  definition: object;
  handler?: string;
};

function importStatement(keyword: string, names: string[], from: string): string {
  const list = names.map(importedName);
  const line = `${keyword} { ${list.join(', ')} } from ${modulePath(from)};`;
  if (line.length <= WIDTH || list.length === 1) return line;
  return `${keyword} {\n${list.map((name) => `  ${name},\n`).join('')}} from ${modulePath(from)};`;
}

/** A name, or one that is imported as a type only. */
function importedName(name: string): string {
  return name.startsWith('type ') ? `type ${identifier(name.slice(5))}` : identifier(name);
}

function defineTool({ constant, define, types, definition, handler }: ToolView): string {
  const [head, names] = [
    `export const ${identifier(constant)} = ${identifier(define)}<`,
    types.map(identifier),
  ];
  const line = `${head}${names.join(', ')}>(`;
  const open =
    line.length + 1 <= WIDTH
      ? line
      : `${head}\n${names.map((name) => `  ${name}`).join(',\n')}\n>(`;
  const printed = printExpanded(definition);
  if (handler === undefined) return `${open}${printed});`;
  return `${open}${printed.slice(0, -1)}  handler: ${identifier(handler)},\n});`;
}

type DatabaseView = { key: string; facts: object; tables: string[] };

function databaseEntry({ key, facts, tables }: DatabaseView): string {
  const names = tables.map(identifier);
  const spread =
    names.length === 1
      ? names[0]!
      : `{\n${names.map((name) => `      ...${name},\n`).join('')}    }`;
  const printed = printExpanded(facts, 2);
  return `  ${jsKey(key)}: ${printed.slice(0, -3)}    tables: ${spread},\n  },`;
}

/** More elements than this take the compiler long to find one type for, or it gives up (TypeScript 2590). */
const MANY = 200;

/** What stands behind `export const tools: <type>[] = `: an array of names. */
function toolArray(names: string[], type: string): string {
  const list = names.map(identifier);
  const array = arrayOf(`export const tools: ${type}[] = `, list);
  return list.length > MANY ? `Array.of<${type}>(${array.slice(1, -1)})` : array;
}

/** An array of expressions after `start`, one a line where they do not fit into one. */
function arrayOf(start: string, list: string[]): string {
  const line = `[${list.join(', ')}]`;
  if (`${start}${line};`.length <= WIDTH) return line;
  return `[\n${list.map((one) => `  ${one},\n`).join('')}]`;
}

function formatted(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('not a finite number');
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
