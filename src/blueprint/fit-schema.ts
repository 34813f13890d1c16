import { CUT_MARKER, closeSchema, mapSchema, reachableSize } from './close-schema.js';
import type { JsonSchema } from './types.js';

/** A schema as a tool list carries it. `size` is in characters of JSON; `full` is what it would have been. */
export type FittedSchema = {
  schema: JsonSchema;
  size: number;
  full: number;
  cut: boolean;
  /** The whole schema, long examples and all, where it is of a size to work with. */
  whole?: JsonSchema;
};

/** Depths that are tried when a schema is too large, and how long descriptions may be at each. */
const STEPS = [
  { depth: Infinity, text: 120 },
  { depth: 6, text: 120 },
  { depth: 5, text: 100 },
  { depth: 4, text: 100 },
  { depth: 3, text: 80 },
  { depth: 2, text: 80 },
  { depth: 1, text: 80 },
  { depth: 1, text: 0 },
] as const;

/** How many times over the limit a schema is not even tried: texts are seldom more than that of it. */
const FAR = 5;

/** Longest example that is worth its tokens. */
const MAX_EXAMPLE = 60;

/**
 * Closes a schema and brings it below `limit` characters of JSON: first long texts go, then deep parts, which become open
 * values with a marker. What is cut only loosens the schema.
 */
export function fitSchema(
  root: JsonSchema,
  named: ReadonlyMap<string, JsonSchema>,
  limit: number,
): FittedSchema {
  const estimate = reachableSize(root, named);
  let full = estimate;
  if (estimate <= limit * FAR) {
    const whole = closeSchema(root, named).schema;
    const schema = trim(whole, Infinity);
    full = JSON.stringify(schema).length;
    if (full <= limit) return { schema, size: full, full, cut: false, whole };
  }
  let best: FittedSchema = { schema: { type: 'object' }, size: 17, full, cut: true };
  for (const { depth, text } of STEPS) {
    if (estimate > limit * FAR && referred(root, named, depth) > limit * FAR) continue;
    const closed = closeSchema(root, named, depth);
    const schema = trim(closed.schema, text);
    const size = JSON.stringify(schema).length;
    best = { schema, size, full, cut: closed.cut };
    if (size <= limit) break;
  }
  return best;
}

/** Size of what a schema refers to, down to a depth; the schema itself is cut by depth all the same. */
function referred(root: JsonSchema, named: ReadonlyMap<string, JsonSchema>, depth: number): number {
  return reachableSize(root, named, depth) - reachableSize(root, named, 0);
}

/** Drops what costs tokens and says little: long examples, nested titles, texts beyond `text` characters below the root's fields. */
function trim(schema: JsonSchema, text: number, depth = 0): JsonSchema {
  const { examples, title: _, ...rest } = schema;
  const copy = mapSchema(rest, (inner) => trim(inner, text, depth + 1));
  const defs = schema['$defs'];
  if (typeof defs === 'object' && defs !== null) {
    copy['$defs'] = Object.fromEntries(
      Object.entries(defs).map(([name, inner]) => [
        name,
        trim(inner as JsonSchema, text, depth + 2),
      ]),
    );
  }
  if (copy['format'] === 'binary') {
    delete copy['format'];
    copy['contentEncoding'] = 'base64';
  }
  const [example] = Array.isArray(examples) ? (examples as unknown[]) : [];
  if (depth === 1 && isShortScalar(example) && schema['default'] === undefined)
    copy['examples'] = [example];
  const description = copy['description'];
  const limit = depth <= 1 && text > 0 ? Math.max(text, 80) : text;
  if (typeof description === 'string' && description.length > limit) {
    if (text === 0) delete copy['description'];
    else copy['description'] = shortened(description, limit);
  }
  return copy;
}

/** The marker of what was cut must survive: it tells a model that the value has more to it. */
function shortened(text: string, limit: number): string {
  const start = text
    .slice(0, limit - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd();
  return text.endsWith(CUT_MARKER) ? `${start}… ${CUT_MARKER}` : `${start}…`;
}

function isShortScalar(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= MAX_EXAMPLE;
  return typeof value === 'number';
}
