import { callOf } from '../blueprint/binding.js';
import type { Blueprint, JsonSchema, Source, Tool } from '../blueprint/types.js';
import type { TypeRequest } from './file-spec.js';
import type { Namer } from './names.js';

/** Up to this many named schemas share one file; more are put into files by first letter. */
const MAX_SINGLE_FILE = 120;
const MAX_PER_FILE = 250;

/** The named schemas that tool types reach, by source, with the names of their types. */
export type NamedSchemas = {
  requests: TypeRequest[];
  /** Source id → schema name → type name. */
  names: Map<string, Map<string, string>>;
};

export type SchemaFile = { module: string; requests: TypeRequest[] };

/** Names the types of all schemas that are reached from the types of the tools. */
export function namedSchemas(blueprint: Blueprint, typeName: Namer): NamedSchemas {
  const requests: TypeRequest[] = [];
  const names = new Map<string, Map<string, string>>();
  for (const { id, schemas, roots } of scopes(blueprint)) {
    const reached = reachedFrom(roots, schemas);
    const own = new Map(reached.map((name) => [name, typeName(name)]));
    names.set(id, own);
    for (const [name, type] of own) {
      requests.push({ name: type, schema: schemas[name]!, names: own });
    }
  }
  return { requests, names };
}

/** Where `#/$defs/<name>` in the types of a tool leads: to its source, or with tools written by hand into the schema itself. */
export function scopeOf(tool: Tool, part: 'arguments' | 'result'): string {
  return sourceOf(tool) ?? `${tool.name} ${part}`;
}

/** The source whose schemas a tool refers to; a tool written by hand has its own. */
function sourceOf(tool: Tool): string | undefined {
  return tool.isOwn === true ? undefined : callOf(tool)?.source;
}

/** What stands behind `#/$defs/<name>` in that part of a tool. */
export function schemasOf(
  tool: Tool,
  part: 'arguments' | 'result',
  sources: readonly Source[],
): Record<string, JsonSchema> {
  const source = sourceOf(tool);
  if (source !== undefined) return sources.find(({ id }) => id === source)?.schemas ?? {};
  const schema = part === 'arguments' ? tool.argumentsType : tool.resultType;
  return (schema?.['$defs'] ?? {}) as Record<string, JsonSchema>;
}

type Scope = { id: string; schemas: Record<string, JsonSchema>; roots: JsonSchema[] };

function scopes({ sources, tools }: Blueprint): Scope[] {
  const ofSources = sources.map(({ id, schemas }) => {
    const own = tools.filter((tool) => sourceOf(tool) === id);
    const roots = own.flatMap((tool) => [tool.argumentsType, tool.resultType ?? {}]);
    return { id, schemas, roots };
  });
  const byHand = tools.filter((tool) => sourceOf(tool) === undefined);
  const ofTools = byHand.flatMap((tool) =>
    (['arguments', 'result'] as const).map((part) => ({
      id: scopeOf(tool, part),
      schemas: schemasOf(tool, part, sources),
      roots: [part === 'arguments' ? tool.argumentsType : (tool.resultType ?? {})],
    })),
  );
  return [...ofSources, ...ofTools];
}

/** Puts the named schemas into files; adding one moves few of the others. */
export function schemaFiles({ requests }: NamedSchemas): SchemaFile[] {
  const sorted = [...requests].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (sorted.length <= MAX_SINGLE_FILE) {
    return sorted.length === 0 ? [] : [{ module: 'schemas', requests: sorted }];
  }
  const prefix = commonPrefix(sorted);
  const byLetter = new Map<string, TypeRequest[]>();
  for (const request of sorted) {
    const letter = request.name.slice(prefix).charAt(0).toLowerCase() || 'a';
    const key = /[a-z0-9]/.test(letter) ? letter : 'other';
    byLetter.set(key, [...(byLetter.get(key) ?? []), request]);
  }
  return [...byLetter].flatMap(([letter, group]) => {
    const files: SchemaFile[] = [];
    for (let start = 0; start < group.length; start += MAX_PER_FILE) {
      const number = start === 0 ? '' : `-${start / MAX_PER_FILE + 1}`;
      const module = `schemas-${letter}${number}`;
      files.push({ module, requests: group.slice(start, start + MAX_PER_FILE) });
    }
    return files;
  });
}

function commonPrefix(sorted: TypeRequest[]): number {
  const first = sorted[0]?.name ?? '';
  const last = sorted.at(-1)?.name ?? '';
  let length = 0;
  while (length < first.length && first[length] === last[length]) length += 1;
  return length;
}

/** Names of the schemas that `roots` refer to, directly or through others, sorted. */
function reachedFrom(roots: JsonSchema[], schemas: Record<string, JsonSchema>): string[] {
  const reached = new Set<string>();
  const open: unknown[] = [...roots];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== 'object' || node === null) continue;
    const { $ref } = node as JsonSchema;
    const name = typeof $ref === 'string' ? $ref.replace(/^#\/\$defs\//, '') : undefined;
    if (name !== undefined && Object.hasOwn(schemas, name) && !reached.has(name)) {
      reached.add(name);
      open.push(schemas[name]);
    }
    open.push(...Object.values(node));
  }
  return [...reached].sort();
}
