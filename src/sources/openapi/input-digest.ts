import { createHash } from 'node:crypto';
import { child, children, isObject, type Node } from './node.js';
import type { Operation } from './operation.js';
import type { References } from './references.js';

/** Most referenced parts that count for one operation: what is further away is not looked at. */
const MAX_PARTS = 1_000;

/** Deeper than that nothing is told apart. */
const MAX_DEPTH = 500;

/** What says nothing about values. */
const WORDS: ReadonlySet<string> = new Set([
  'description',
  'summary',
  'title',
  'example',
  'examples',
  'externalDocs',
]);

/** A text that is no longer is its own hash. */
const SHORT = 80;

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
    const text = JSON.stringify(essence(node.value, node.file, targets));
    const own = { hash: text.length <= SHORT ? text : sha256(text), targets };
    known.set(node, own);
    return own;
  };

  const essence = (
    value: unknown,
    file: string,
    targets: Node[],
    depth = 0,
    isMap = false,
  ): unknown => {
    if (depth > MAX_DEPTH) return typeof value;
    if (Array.isArray(value)) return value.map((item) => essence(item, file, targets, depth + 1));
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
        essence(
          value[name],
          file,
          targets,
          depth + 1,
          !isMap && (name === 'properties' || name === '$defs'),
        ),
      ]);
  };

  return (operation) => {
    const { node, parameters } = operation;
    const bodies = [
      ...children(child(node, 'parameters')).filter(isBody),
      child(node, 'requestBody'),
    ];
    const parts = [...parameters.map((one) => one.node), ...bodies, child(node, 'consumes')];
    const hashes = new Set<string>();
    const waiting = [...parts];
    const seen = new Set<Node>();
    for (let part = waiting.pop(); part && seen.size < MAX_PARTS; part = waiting.pop()) {
      if (part.value === undefined || seen.has(part)) continue;
      seen.add(part);
      const reference = isObject(part.value) ? part.value['$ref'] : undefined;
      const target = typeof reference === 'string' && references.target(part.file, reference);
      if (target) {
        waiting.push(target);
        continue;
      }
      const { hash, targets } = ownOf(part);
      // Which part stands where: two that change places are a change.
      hashes.add(`${hash}\n${targets.map((target) => ownOf(target).hash).join('\n')}`);
      waiting.push(...targets);
    }
    return sha256([...hashes].sort().join('\n')).slice(0, 12);
  };
}

/** What Swagger 2.0 has among the parameters, or a reference to it. */
function isBody({ value }: Node): boolean {
  return (
    isObject(value) && ('$ref' in value || value['in'] === 'formData' || value['in'] === 'body')
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
