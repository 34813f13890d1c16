/** What Ajv says of one place; `instancePath` is a JSON pointer (RFC 6901). */
export type Detail = {
  instancePath: string;
  keyword: string;
  message?: string;
  params: Record<string, unknown>;
};

/** A place that is wrong, as keys from the root, and what is wrong with it. */
export type Violation = { path: (string | number)[]; why: string };

/** Keywords that repeat what their parts say. */
const COMPOSITE = new Set(['oneOf', 'anyOf', 'if', 'not', '$ref', 'allOf']);
const MAX_REASONS = 3;

/**
 * What a person has to know of the failures that Ajv gives: one violation for each place, the innermost ones where a choice
 * between shapes has failed. `document` is what was validated.
 */
export function readViolations(details: readonly Detail[], document: unknown): Violation[] {
  const real = details.filter((detail) => !isOfReference(detail));
  const plain = real.filter(({ keyword }) => !COMPOSITE.has(keyword));
  const composite = real.filter(({ keyword }) => COMPOSITE.has(keyword));
  const holders = new Set(plain.flatMap(({ instancePath }) => holdersOf(instancePath)));
  const chosen = new Set(composite.map(({ instancePath }) => instancePath));
  const told = new Set(plain.map(({ instancePath }) => instancePath));
  const reasons = new Map<string, { path: Violation['path']; whys: Set<string> }>();
  for (const detail of real) {
    const { instancePath: place, keyword } = detail;
    const isBeside = chosen.has(place) && holders.has(place);
    if (isBeside || (COMPOSITE.has(keyword) && told.has(place))) continue;
    const path = pathTo(detail, document);
    const key = JSON.stringify(path);
    const entry = reasons.get(key) ?? { path, whys: new Set<string>() };
    entry.whys.add(whyOf(detail));
    reasons.set(key, entry);
  }
  return [...reasons.values()].map(({ path, whys }) => ({
    path,
    why: [...whys].slice(0, MAX_REASONS).join('; '),
  }));
}

/** That something is no reference either is said wherever there may be one. */
function isOfReference({ keyword, params }: Detail): boolean {
  return keyword === 'required' && params['missingProperty'] === '$ref';
}

/** Pointers to what holds a place, without itself: `/a/b` → `` and `/a`. */
function holdersOf(pointer: string): string[] {
  const holders: string[] = [];
  for (let end = pointer.lastIndexOf('/'); end >= 0; end = pointer.lastIndexOf('/', end - 1)) {
    holders.push(pointer.slice(0, end));
    if (end === 0) break;
  }
  return holders;
}

/** A member that should not be there is a place of its own. */
function pathTo({ instancePath, params }: Detail, document: unknown): Violation['path'] {
  const extra = params['additionalProperty'] ?? params['unevaluatedProperty'];
  const keys = instancePath
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (typeof extra === 'string') keys.push(extra);
  let at = document;
  return keys.map((key) => {
    const isList = Array.isArray(at);
    at = (at as Record<string, unknown> | undefined)?.[key];
    return isList ? Number(key) : key;
  });
}

function whyOf({ keyword, message = keyword, params }: Detail): string {
  if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties')
    return 'must not be here';
  const allowed = params['allowedValues'];
  return Array.isArray(allowed) ? `must be one of ${allowed.join(', ')}` : message;
}
