import type { ParserOptions } from 'prettier';
import { parsers } from 'prettier/plugins/babel';

export type Node = { type: string; [field: string]: unknown };

/** The syntax tree (Babel's node types) of a TypeScript module. Throws on a syntax error. */
export async function parseModule(text: string): Promise<Node> {
  const file = (await parsers['babel-ts'].parse(text, {} as ParserOptions)) as Node;
  return file.program as Node;
}

/** Every node below and with `node`, with the node that it is in. */
export function* nodesOf(node: Node, parent?: Node): Generator<[Node, Node | undefined]> {
  yield [node, parent];
  for (const child of childrenOf(node)) yield* nodesOf(child, node);
}

/**
 * What a tree is made of, without names and values. Keys of properties count alike however they are written.
 */
export function shapeOf(node: Node): string {
  const children = childrenOf(node).map((child) => (child === node.key ? 'key' : shapeOf(child)));
  return children.length === 0 ? node.type : `${node.type}(${children.join(',')})`;
}

function childrenOf(node: Node): Node[] {
  return Object.entries(node)
    .filter(([field]) => !['comments', 'tokens', 'errors', 'extra', 'loc', 'range'].includes(field))
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter(isNode);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

const DATA = new Set([
  'ObjectExpression',
  'ObjectProperty',
  'ArrayExpression',
  'StringLiteral',
  'NumericLiteral',
  'BooleanLiteral',
  'NullLiteral',
]);

const MODULE = new Set([
  'ImportDeclaration',
  'ImportSpecifier',
  'ExportNamedDeclaration',
  'VariableDeclaration',
  'VariableDeclarator',
  'Identifier',
]);

/** Callees that may be called, and modules that may be imported, by generated modules. */
const CALLEES = new Set(['defineHttpTool', 'defineSqlTool', 'httpBackend', 'sqlBackend']);
const IMPORTS = /^\.{1,2}\/(?:\.\.\/)?(?:runtime\/[a-z-/]+|types\/[a-z0-9-]+|[a-z0-9-]+)\.js$/;

/** `Array.of`, by which long lists are written: the compiler takes long to find one type for many elements. */
function isArrayOf({ type, computed, object, property }: Node): boolean {
  if (type !== 'MemberExpression' || computed === true) return false;
  return (object as Node).name === 'Array' && (property as Node).name === 'of';
}

/** What in a generated module is more than data, types and the known imports; empty when nothing is. */
export function activeParts(program: Node): string[] {
  const found: string[] = [];
  const imported = new Set<string>();
  for (const [node, parent] of nodesOf(program)) {
    const { type } = node;
    if (type === 'Program' || type.startsWith('TS') || DATA.has(type)) continue;
    if (type === 'ImportDeclaration') {
      const from = (node.source as Node).value as string;
      if (!IMPORTS.test(from)) found.push(`import from ${from}`);
    }
    if (type === 'ImportSpecifier') imported.add((node.local as Node).name as string);
    if (type === 'UnaryExpression' && node.operator === '-') continue;
    if (type === 'MemberExpression' && isArrayOf(node)) continue;
    if (type === 'CallExpression') {
      const callee = node.callee as Node;
      if (isArrayOf(callee)) continue;
      if (callee.type === 'Identifier' && CALLEES.has(callee.name as string)) continue;
    }
    if (type === 'Identifier' && parent?.type === 'ArrayExpression') {
      if (!imported.has(node.name as string)) found.push(`mentions ${String(node.name)}`);
    }
    if (!MODULE.has(type)) found.push(type);
  }
  return found;
}
