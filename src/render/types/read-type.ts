import type { Member, TypeNode } from './type-node.js';

/** Marks property names that json-schema-to-typescript must not see as they are. */
export const KEY_MARK = '\u0001';

const TOKEN = /\s*(\/\*\*[^]*?\*\/|"(?:[^"\\]|\\.)*"|\.\.\.|-?\d[\w.+-]*|[\w$]+|[^\s\w])/y;

/**
 * Reads the unformatted text that json-schema-to-typescript makes of `{ properties: { p0, p1, … } }`:
 * one interface whose members are the wanted types. Throws on anything that it does not know.
 */
export function readMembers(text: string): Member[] {
  const tokens = tokenize(text);
  const start = tokens.indexOf('{');
  if (tokens[start - 2] !== 'interface') throw new SyntaxError('no interface');
  const reader = { tokens, at: start };
  const object = readPrimary(reader);
  if (object.kind !== 'object' || reader.at !== tokens.length)
    throw new SyntaxError('more than one type');
  return object.members;
}

type Reader = { tokens: string[]; at: number };

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text))
    tokens.push(match[1]!);
  return tokens;
}

function readType(reader: Reader): TypeNode {
  const members = [readIntersection(reader)];
  while (take(reader, '|')) members.push(readIntersection(reader));
  return combine('union', members);
}

function readIntersection(reader: Reader): TypeNode {
  const members = [readPostfix(reader)];
  while (take(reader, '&')) members.push(readPostfix(reader));
  return combine('intersection', members);
}

function readPostfix(reader: Reader): TypeNode {
  let type = readPrimary(reader);
  while (reader.tokens[reader.at] === '[' && reader.tokens[reader.at + 1] === ']') {
    reader.at += 2;
    type = { kind: 'array', item: type };
  }
  return type;
}

function readPrimary(reader: Reader): TypeNode {
  const token = next(reader);
  if (token === '(') {
    const type = readType(reader);
    expect(reader, ')');
    return type;
  }
  if (token === '{') return { kind: 'object', members: readObject(reader) };
  if (token.startsWith('"')) return { kind: 'literal', value: JSON.parse(token) as string };
  if (/^-?\d/.test(token)) return { kind: 'literal', value: Number(token) };
  if (token === 'true' || token === 'false') return { kind: 'literal', value: token === 'true' };
  if (!/^[A-Za-z_$][\w$]*$/.test(token)) throw new SyntaxError(`unexpected ${token}`);
  if (!take(reader, '<')) return { kind: 'name', text: token };
  // The generic types that are ever put in: Record<string, unknown> and Record<string, never>.
  expect(reader, 'string');
  expect(reader, ',');
  const value = next(reader);
  expect(reader, '>');
  return { kind: 'name', text: `${token}<string, ${value}>` };
}

function readObject(reader: Reader): Member[] {
  const members: Member[] = [];
  while (!take(reader, '}')) {
    const comment = reader.tokens[reader.at]?.startsWith('/**') ? readComment(next(reader)) : '';
    if (take(reader, '[')) {
      for (const part of ['k', ':', 'string', ']', ':']) expect(reader, part);
      members.push({ optional: false, comment, type: readType(reader) });
      continue;
    }
    const name = next(reader);
    const key = name.startsWith('"') ? (JSON.parse(name) as string) : name;
    const optional = take(reader, '?');
    expect(reader, ':');
    members.push({
      key: key.startsWith(KEY_MARK) ? key.slice(1) : key,
      optional,
      comment,
      type: readType(reader),
    });
  }
  return members;
}

function readComment(token: string): string {
  return token
    .slice(3, -2)
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, '').trim())
    .filter((line) => line !== '')
    .join(' ');
}

/** Nested unions become one; what is said twice is said once; `unknown` takes in everything else. */
function combine(kind: 'union' | 'intersection', members: TypeNode[]): TypeNode {
  if (members.length === 1) return members[0]!;
  const seen = new Map<string, TypeNode>();
  for (const member of members.flatMap((type) => (type.kind === kind ? type.members : [type]))) {
    seen.set(JSON.stringify(member), member);
  }
  const unknown = [...seen.values()].find(
    (type) => type.kind === 'name' && type.text === 'unknown',
  );
  if (unknown !== undefined) {
    if (kind === 'union') return unknown;
    seen.delete(JSON.stringify(unknown));
  }
  const distinct = [...seen.values()];
  if (distinct.length === 0) return { kind: 'name', text: 'unknown' };
  return distinct.length === 1 ? distinct[0]! : { kind, members: distinct };
}

function next(reader: Reader): string {
  const token = reader.tokens[reader.at];
  if (token === undefined) throw new SyntaxError('unexpected end');
  reader.at += 1;
  return token;
}

function take(reader: Reader, token: string): boolean {
  if (reader.tokens[reader.at] !== token) return false;
  reader.at += 1;
  return true;
}

function expect(reader: Reader, token: string): void {
  const found = next(reader);
  if (found !== token) throw new SyntaxError(`expected ${token}, found ${found}`);
}
