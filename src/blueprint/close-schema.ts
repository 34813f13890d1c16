import { findRecursive } from './find-recursive.js';
import { LISTS, MAPS, SINGLES } from './schema-keywords.js';
import type { JsonSchema } from './types.js';

/** Ends the description of what was cut from a schema. */
export const CUT_MARKER = '(details left out)';

/** A named schema this small is written out where it is used. */
const SMALL = 120;

/** Up to this many named schemas, one that is used once is written out, whatever its size. */
const MAX_INLINE = 300;

/**
 * Makes a schema self-contained: what it refers to, directly or not, is put into its own `$defs` or, where that is
 * shorter, in its place. Recursion stays a reference. `named` is looked up by the name behind `#/$defs/`.
 */
export function closeSchema(
  root: JsonSchema,
  named: ReadonlyMap<string, JsonSchema>,
  maxDepth = Infinity,
): { schema: JsonSchema; cut: boolean } {
  const parts = collect(root, named, maxDepth);
  const inline = chooseInline(parts);
  const put = (schema: JsonSchema): JsonSchema =>
    mapSchema(schema, (inner) => substitute(inner, put, inline));
  const schema = substitute(parts.root, put, inline);
  const kept = [...parts.defs.keys()].filter((name) => !inline.has(name)).sort();
  if (kept.length > 0) {
    schema['$defs'] = Object.fromEntries(
      kept.map((name) => [name, substitute(parts.defs.get(name) ?? {}, put, inline)]),
    );
  }
  return { schema, cut: parts.cut };
}

/** Rough size in characters of JSON of a schema with all that it refers to, down to `maxDepth`. */
export function reachableSize(
  root: JsonSchema,
  named: ReadonlyMap<string, JsonSchema>,
  maxDepth = Infinity,
): number {
  let { size } = facts(root);
  const seen = new Set<string>();
  let level = [root];
  for (let depth = 0; level.length > 0 && depth < maxDepth; depth += 1) {
    const next: JsonSchema[] = [];
    for (const schema of level) {
      for (const name of referencesOf(schema)) {
        const target = named.get(name);
        if (!target || seen.has(name)) continue;
        seen.add(name);
        size += facts(target).size;
        next.push(target);
      }
    }
    level = next;
  }
  return size;
}

const known = new WeakMap<JsonSchema, { size: number; references: string[] }>();

function facts(schema: JsonSchema): { size: number; references: string[] } {
  const made = known.get(schema) ?? { size: JSON.stringify(schema).length, references: [] };
  if (!known.has(schema)) {
    known.set(schema, made);
    const look = (inner: JsonSchema): void => {
      const name = referenceName(inner);
      if (name !== undefined) made.references.push(name);
      eachInner(inner, look);
    };
    look(schema);
  }
  return made;
}

function referencesOf(schema: JsonSchema): string[] {
  return facts(schema).references;
}

type Parts = { root: JsonSchema; defs: Map<string, JsonSchema>; cut: boolean };

/** Gathers reachable named schemas, nearest first, so that each is cut at the least depth at which it is reached. */
function collect(
  root: JsonSchema,
  named: ReadonlyMap<string, JsonSchema>,
  maxDepth: number,
): Parts {
  const parts: Parts = { root: {}, defs: new Map(), cut: false };
  const depths = new Map<string, number>();
  const waiting: string[][] = [];
  const walk = (schema: JsonSchema, depth: number): JsonSchema => {
    const name = referenceName(schema);
    if (name !== undefined) {
      const target = named.get(name);
      if (!target) return without(schema, '$ref');
      if (depth >= maxDepth && isDeep(target)) {
        parts.cut = true;
        return stub({ ...target, ...schema });
      }
      if (!depths.has(name)) {
        depths.set(name, depth);
        (waiting[Math.min(depth, 1_000)] ??= []).push(name);
      }
      return mapSchema(schema, (inner) => walk(inner, depth + 1));
    }
    if (depth >= maxDepth && isDeep(schema)) {
      parts.cut = true;
      return stub(schema);
    }
    return mapSchema(schema, (inner) => walk(inner, depth + 1));
  };
  parts.root = walk(root, 0);
  for (let depth = 0; depth < waiting.length; depth += 1) {
    const names = waiting[depth] ?? [];
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index] as string;
      parts.defs.set(name, walk(named.get(name) as JsonSchema, depths.get(name) as number));
    }
  }
  return parts;
}

function isDeep(schema: JsonSchema): boolean {
  return [...SINGLES, ...LISTS, ...MAPS].some((keyword) => typeof schema[keyword] === 'object');
}

function stub(schema: JsonSchema): JsonSchema {
  const type = schema['type'] ?? (schema['properties'] ? 'object' : undefined);
  const description = typeof schema['description'] === 'string' ? `${schema['description']} ` : '';
  return { ...(type === undefined ? {} : { type }), description: `${description}${CUT_MARKER}` };
}

/** Named schemas that are used once or are small, and do not contain themselves. */
function chooseInline(parts: Parts): Map<string, JsonSchema> {
  const uses = new Map<string, number>();
  const edges = new Map<string, Set<string>>();
  const count = (schema: JsonSchema, from: string): void => {
    const name = referenceName(schema);
    if (name !== undefined) {
      uses.set(name, (uses.get(name) ?? 0) + 1);
      const targets = edges.get(from) ?? new Set<string>();
      edges.set(from, targets.add(name));
    }
    eachInner(schema, (inner) => count(inner, from));
  };
  count(parts.root, '');
  for (const [name, schema] of parts.defs) count(schema, name);
  const recursive = findRecursive(edges);
  // A chain of thousands written into one another would be deeper than any reader's stack.
  const isFew = parts.defs.size <= MAX_INLINE;
  const inline = new Map<string, JsonSchema>();
  for (const [name, schema] of parts.defs) {
    if (recursive.has(name)) continue;
    const isSmall = !edges.has(name) && JSON.stringify(schema).length <= SMALL;
    if (isSmall || (isFew && uses.get(name) === 1)) inline.set(name, schema);
  }
  return inline;
}

function substitute(
  schema: JsonSchema,
  put: (schema: JsonSchema) => JsonSchema,
  inline: ReadonlyMap<string, JsonSchema>,
): JsonSchema {
  const name = referenceName(schema);
  const target = name === undefined ? undefined : inline.get(name);
  if (!target) return put(schema);
  const rest = put(without(schema, '$ref'));
  const resolved = substitute(target, put, inline);
  return { ...resolved, ...rest };
}

/** The name behind `#/$defs/`, or undefined where the schema is no reference. */
export function referenceName(schema: JsonSchema): string | undefined {
  const reference = schema['$ref'];
  return typeof reference === 'string' && reference.startsWith('#/$defs/')
    ? reference.slice('#/$defs/'.length)
    : undefined;
}

function without(schema: JsonSchema, keyword: string): JsonSchema {
  const { [keyword]: _, ...rest } = schema;
  return rest;
}

/** Calls `visit` with every schema directly inside `schema`. */
export function eachInner(schema: JsonSchema, visit: (inner: JsonSchema) => void): void {
  for (const keyword of holding(schema)) {
    const held = schema[keyword];
    if (typeof held !== 'object' || held === null) continue;
    const kind = HOLDERS.get(keyword);
    if (kind === 'single') visit(held as JsonSchema);
    else if (kind === 'map') for (const inner of Object.values(held)) visit(inner as JsonSchema);
    else if (Array.isArray(held)) for (const inner of held) visit(inner as JsonSchema);
  }
}

/** A copy of `schema` whose direct inner schemas went through `change`. */
export function mapSchema(
  schema: JsonSchema,
  change: (inner: JsonSchema) => JsonSchema,
): JsonSchema {
  const copy: JsonSchema = { ...schema };
  for (const keyword of holding(schema)) {
    const held = schema[keyword];
    if (typeof held !== 'object' || held === null) continue;
    const kind = HOLDERS.get(keyword);
    if (kind === 'single') copy[keyword] = change(held as JsonSchema);
    else if (kind === 'map') {
      copy[keyword] = Object.fromEntries(
        Object.entries(held).map(([name, inner]) => [name, change(inner as JsonSchema)]),
      );
    } else if (Array.isArray(held)) {
      copy[keyword] = held.map((inner) => change(inner as JsonSchema));
    }
  }
  return copy;
}

const HOLDERS: ReadonlyMap<string, 'single' | 'list' | 'map'> = new Map([
  ...SINGLES.map((keyword) => [keyword, 'single'] as const),
  ...LISTS.map((keyword) => [keyword, 'list'] as const),
  ...MAPS.map((keyword) => [keyword, 'map'] as const),
]);
const RANK = new Map([...HOLDERS.keys()].map((keyword, index) => [keyword, index]));
const NONE: readonly string[] = [];

/** The keywords of a schema that may hold schemas, always in the same order. Most schemas have none. */
function holding(schema: JsonSchema): readonly string[] {
  let found: string[] | undefined;
  for (const keyword of Object.keys(schema)) if (HOLDERS.has(keyword)) (found ??= []).push(keyword);
  if (found === undefined || found.length === 1) return found ?? NONE;
  return found.sort((a, b) => RANK.get(a)! - RANK.get(b)!);
}
