import { UserInputError } from '../../../calls/user-input-error.js';
import { SHAPES, WORDS } from './nodes.js';

export type TreeNode = Record<string, unknown>;

/** A node with its kind; `children` goes on with the fields named, or with all of them. */
export type Visit = (kind: string, node: TreeNode, children: (...fields: string[]) => void) => void;

const ALLOWED = 'One SELECT (WITH, UNION and VALUES too) over the exposed tables is allowed.';

/**
 * Goes through a tree from its root and refuses whatever is not known to be harmless. `visit` decides when the children of a
 * node are gone through: that it asks for none of them hides nothing, they come afterwards.
 */
export function walkTree(kind: string, node: unknown, visit: Visit): void {
  const shape = SHAPES.get(kind);
  if (shape === undefined) throw refused(WORDS[kind] ?? kind.replace(/Stmt$/, ''));
  if (!isNode(node)) throw refused(kind);
  for (const field of Object.keys(node)) {
    if (!shape.has(field)) throw refused(WORDS[field] ?? `${kind}.${field}`);
  }
  const done = new Set<string>();
  const children = (...fields: string[]): void => {
    for (const field of fields.length > 0 ? fields : Object.keys(node)) {
      if (done.has(field) || !Object.hasOwn(node, field)) continue;
      done.add(field);
      const expected = shape.get(field);
      const value = node[field];
      if (expected === 'nodes') walkNodes(value, visit);
      else if (typeof expected === 'object') walkTree(expected.of, value, visit);
      else if (typeof value === 'object' && value !== null) throw refused(`${kind}.${field}`);
    }
  };
  visit(kind, node, children);
  children();
}

function walkNodes(value: unknown, visit: Visit): void {
  if (Array.isArray(value)) {
    for (const item of value) walkNodes(item, visit);
    return;
  }
  if (!isNode(value)) throw refused('this');
  // An empty one stands for what is left out.
  for (const [kind, node] of Object.entries(value)) walkTree(kind, node, visit);
}

export function refused(what: string): UserInputError {
  return new UserInputError(`${what} is not allowed here. ${ALLOWED}`);
}

export function isNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The nodes of one kind in a list. */
export function nodesOf(value: unknown, kind: string): TreeNode[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    const node = isNode(item) ? item[kind] : undefined;
    return isNode(node) ? [node] : [];
  });
}

/** Texts of the String nodes in a list. */
export function textsOf(value: unknown): string[] {
  return nodesOf(value, 'String').map((node) => textOf(node['sval']));
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** In bytes; positions that are left out are the beginning. */
export function placeOf(node: TreeNode): number {
  const { location } = node;
  return typeof location === 'number' ? location : 0;
}
