import { createHash } from 'node:crypto';
import { child, children, isObject, type Node } from './node.js';
import type { Operation } from './operation.js';
import type { References } from './references.js';

/** Most referenced parts that count for one operation: what is further away is not looked at. */
const MAX_PARTS = 1_000;

/** What says nothing about values. */
const WORDS: ReadonlySet<string> = new Set([
  'description',
  'summary',
  'title',
  'example',
  'examples',
  'externalDocs',
]);

/** A part of a document by itself: its hash, and what it refers to. */
type Own = { hash: string; targets: Node[] };

/**
 * Makes a digest (12 hexadecimal digits) of what a document says of the parameters and the body of an operation, with all that
 * they refer to, whatever that is called and in whatever order it stands. Words, examples and extensions do not count. Two
 * versions of a document with the same digest ask for the same input; what of a change the tools show is another question.
 */
export function createInputDigest(references: References): (operation: Operation) => string {
  const known = new Map<Node, Own>();

  const ownOf = (node: Node): Own => {
    const found = known.get(node);
    if (found) return found;
    const targets: Node[] = [];
    const own = { hash: sha256(JSON.stringify(essence(node.value, node.file, targets))), targets };
    known.set(node, own);
    return own;
  };

  const essence = (value: unknown, file: string, targets: Node[], isMap = false): unknown => {
    if (Array.isArray(value)) return value.map((item) => essence(item, file, targets));
    if (!isObject(value)) return value;
    const reference = value['$ref'];
    if (!isMap && typeof reference === 'string') {
      const target = references.target(file, reference);
      if (target) targets.push(target);
    }
    const names = Object.keys(value).filter(
      (name) => isMap || !(name === '$ref' || WORDS.has(name) || name.startsWith('x-')),
    );
    return names
      .sort()
      .map((name) => [
        name,
        essence(value[name], file, targets, !isMap && (name === 'properties' || name === '$defs')),
      ]);
  };

  return (operation) => {
    const { node, parameters } = operation;
    // Parameters of the path are among the former, forms of Swagger 2.0 among the latter.
    const roots = [...parameters.map((one) => one.node), ...children(child(node, 'parameters'))];
    const parts = [...roots, child(node, 'requestBody'), child(node, 'consumes')];
    const hashes = new Set<string>();
    const waiting = [...parts];
    const seen = new Set<Node>();
    for (let part = waiting.pop(); part && seen.size < MAX_PARTS; part = waiting.pop()) {
      if (part.value === undefined || seen.has(part)) continue;
      seen.add(part);
      const { hash, targets } = ownOf(part);
      // Which part stands where: two that change places are a change.
      hashes.add(`${hash} ${targets.map((target) => ownOf(target).hash).join(' ')}`);
      waiting.push(...targets);
    }
    return sha256([...hashes].sort().join('\n')).slice(0, 12);
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
