import { builders, printer } from 'prettier/doc';
import { identifier, jsNumber, jsString, typeKey } from '../emit.js';
import type { Member, TypeNode } from './type-node.js';

const { align, group, hardline, ifBreak, indent, indentIfBreak, join, line, softline } = builders;

type Doc = builders.Doc;

/** Where a type stands decides about parentheses and indentation. */
type Context = 'alias' | 'property' | 'operand';

/**
 * `export type Name = …;` with prettier's own layout (printWidth 100, singleQuote), without the cost of parsing: the
 * layout document is built from the type.
 */
export function printTypeAlias(name: string, type: TypeNode, comment: string): string {
  const head = `export type ${identifier(name)} =`;
  const declaration = isOpenUnion(type)
    ? [head, group(indent([line, printType(type, 'alias')])), ';']
    : [head, ...fluid(printType(type, 'alias')), ';'];
  const lines: Doc = comment === '' ? declaration : [comment, hardline, declaration];
  return printer.printDocToString(lines, { printWidth: 100, tabWidth: 2 }).formatted;
}

function fluid(value: Doc): Doc[] {
  const id = Symbol('alias');
  return [group(indent(line), { id }), indentIfBreak(value, { groupId: id })];
}

function printType(type: TypeNode, context: Context): Doc {
  switch (type.kind) {
    case 'name':
      return type.text;
    case 'literal':
      return typeof type.value === 'string' ? jsString(type.value) : printScalar(type.value);
    case 'array':
      return [isNegative(type.item) ? 'number' : printType(type.item, 'operand'), '[]'];
    case 'object':
      return printObject(type.members);
    case 'union':
      return printUnion(type.members, context);
    case 'intersection':
      return parenthesized(printIntersection(type.members), context);
  }
}

function printScalar(value: number | boolean): string {
  return typeof value === 'number' ? jsNumber(value) : String(value);
}

function printObject(members: Member[]): Doc {
  if (members.length === 0) return '{}';
  return ['{', indent([hardline, join(hardline, members.map(printMember))]), hardline, '}'];
}

function printMember({ key, optional, comment, type }: Member): Doc {
  const name = key === undefined ? '[k: string]' : typeKey(key);
  const text = comment === '' ? '' : `/** ${comment} */`;
  const member = [`${name}${optional ? '?' : ''}: `, printType(type, 'property'), ';'];
  return text === '' ? member : [text, hardline, member];
}

function printUnion(members: TypeNode[], context: Context): Doc {
  if (!isOpenUnion({ kind: 'union', members })) {
    const hugged = join(
      ' | ',
      members.map((member) => printType(member, 'operand')),
    );
    return parenthesized(hugged, context);
  }
  const rows = group(
    members.map((member, index) => [
      index === 0 ? ifBreak('| ') : [line, '| '],
      align(2, printType(member, 'operand')),
    ]),
  );
  if (context === 'alias') return rows;
  if (context === 'property') return group(indent([softline, rows]));
  return ['(', group([indent([softline, rows]), softline]), ')'];
}

/** A union that may be spread over lines; one type beside null alone never is. */
function isOpenUnion(type: TypeNode): boolean {
  if (type.kind !== 'union') return false;
  const subject = type.members.find((member) => member.kind === 'object' || isReference(member));
  return (
    subject === undefined || type.members.some((member) => member !== subject && !isNull(member))
  );
}

function printIntersection(members: TypeNode[]): Doc {
  let mixed = false;
  return group(
    members.map((member, index) => {
      const printed = printType(member, 'operand');
      if (index === 0) return printed;
      const isObject = member.kind === 'object';
      const wasObject = members[index - 1]!.kind === 'object';
      if (isObject && wasObject) return [' & ', mixed ? indent(printed) : printed];
      if (!isObject && !wasObject) return indent([' &', line, printed]);
      if (index > 1) mixed = true;
      return [' & ', index > 1 ? indent(printed) : printed];
    }),
  );
}

function parenthesized(printed: Doc, context: Context): Doc {
  return context === 'operand' ? ['(', printed, ')'] : printed;
}

function isReference(type: TypeNode): boolean {
  return type.kind === 'name' && /^[A-Z]/.test(type.text);
}

/** `-1[]` is a type that not every parser reads. */
function isNegative(type: TypeNode): boolean {
  return type.kind === 'literal' && typeof type.value === 'number' && type.value < 0;
}

function isNull(type: TypeNode): boolean {
  return type.kind === 'name' && type.text === 'null';
}
