import type { Origin } from '../../diagnostics/diagnostic.js';

/**
 * A value inside an input document together with the way that leads to it. The way is a linked list, so that walking
 * a document of a million values costs nothing until a position is asked for.
 */
export type Node = {
  value: unknown;
  file: string;
  parent?: Node;
  key?: string | number;
};

/** The node below `node` at `key`; its value is undefined where there is none. Own properties only. */
export function child(node: Node, key: string | number): Node {
  const holder = node.value;
  const value =
    typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key)
      ? (holder as Record<string | number, unknown>)[key]
      : undefined;
  return { value, file: node.file, parent: node, key };
}

/** A node with another value at the same place: what an upgrade puts where something else stood. */
export function replaced(node: Node, value: unknown): Node {
  return { ...node, value };
}

/** The members of an object or the items of an array, in document order; none for anything else. */
export function children(node: Node): Node[] {
  const value = node.value;
  if (Array.isArray(value)) {
    return value.map((item, key) => ({ value: item, file: node.file, parent: node, key }));
  }
  if (!isObject(value)) return [];
  return Object.keys(value).map((key) => ({
    value: value[key],
    file: node.file,
    parent: node,
    key,
  }));
}

/** Keys from the root of the file to the node. */
export function pathOf(node: Node): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at: Node | undefined = node; at?.key !== undefined; at = at.parent) path.push(at.key);
  return path.reverse();
}

/** The node's place, as findings and tools carry it. */
export function originOf(node: Node): Origin {
  return { file: node.file, path: pathOf(node) };
}

/** A plain object, as opposed to an array, null or a scalar. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The string at `key`, or undefined where there is none or it is not a string. */
export function stringAt(node: Node, key: string): string | undefined {
  const value = child(node, key).value;
  return typeof value === 'string' ? value : undefined;
}

/** The strings of the array at `key`; anything else in it is passed over. */
export function stringsAt(node: Node, key: string): string[] {
  const value = child(node, key).value;
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
