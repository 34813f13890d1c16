import { child, children, isObject, type Node } from './node.js';
import { readOperation3 } from './openapi3.js';
import { METHODS, type Operation } from './operation.js';
import type { References } from './references.js';
import { readOperation2 } from './swagger2.js';

/** An operation that could not be read, and why. */
export type Unreadable = { what: string; reason: string; node: Node };

/** Reads every operation below `paths`, in document order. Webhooks and callbacks are not for callers: they are left out. */
export function* readOperations(
  root: Node,
  references: References,
  isSwagger2: boolean,
): Generator<Operation | Unreadable> {
  for (const written of children(child(root, 'paths'))) {
    const path = String(written.key);
    if (path.startsWith('x-')) continue;
    const item = isObject(written.value) ? references.resolve(written) : undefined;
    if (!item || !isObject(item.value)) {
      yield { what: path, reason: 'its path item cannot be read', node: written };
      continue;
    }
    // A path item may have a `$ref` and members of its own beside it.
    const own =
      item === written
        ? item
        : { ...item, value: { ...item.value, ...without$ref(written.value) } };
    for (const { method, node } of methodsOf(references, own)) {
      const place = { method: method.toUpperCase(), path, item: own, node };
      if (!path.startsWith('/') && path !== '') {
        yield { what: `${place.method} ${path}`, reason: 'its path does not start with "/"', node };
      } else if (!isObject(node.value)) {
        yield { what: `${place.method} ${path}`, reason: 'it is not an object', node };
      } else {
        yield isSwagger2
          ? readOperation2(references, root, place)
          : readOperation3(references, place);
      }
    }
  }
}

function without$ref(value: unknown): object {
  const { $ref: _, ...rest } = value as Record<string, unknown>;
  return rest;
}

function methodsOf(references: References, item: Node): { method: string; node: Node }[] {
  const standard = children(item).filter(({ key }) =>
    (METHODS as readonly string[]).includes(String(key).toLowerCase()),
  );
  const additional = children(child(item, 'additionalOperations')).filter(({ key }) =>
    /^[A-Za-z][A-Za-z0-9_-]{0,30}$/.test(String(key)),
  );
  return [...standard, ...additional].map((node) => ({
    method: String(node.key),
    // The specification has no references here, but documents that are split into many files do.
    node: references.resolve(node) ?? node,
  }));
}
