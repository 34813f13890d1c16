import type { Blueprint, JsonSchema } from '../blueprint/types.js';
import type { TypeRequest, TypesView } from './file-spec.js';
import type { HandlerFile } from './handlers.js';
import { typeNamer } from './names.js';
import { schemasOf } from './schema-files.js';

/** Named schemas that one file declares; what is farther away is unknown there. */
const MAX_SCHEMAS = 100;

/**
 * The types of one handler, with all that they refer to in the same file: it can stay as it is when everything around it goes
 * because the tool is gone. Undefined where there is no tool to take them from.
 */
export function handlerTypes(file: HandlerFile, { sources }: Blueprint): TypesView | undefined {
  const { tool, argumentsType, resultType } = file;
  if (tool === undefined) return undefined;
  const typeName = typeNamer();
  // The names that handlers are written with come first.
  const roots = [
    { name: typeName(argumentsType), schema: tool.argumentsType, part: 'arguments' as const },
    { name: typeName(resultType), schema: tool.resultType ?? {}, part: 'result' as const },
  ];
  const known = new Map<Record<string, JsonSchema>, Map<string, string>>();
  const requests: TypeRequest[] = [];
  const shared: TypeRequest[] = [];
  for (const { name, schema, part } of roots) {
    const schemas = schemasOf(tool, part, sources);
    const names = known.get(schemas) ?? new Map<string, string>();
    known.set(schemas, names);
    for (const reached of nearest(schema, schemas)) {
      if (names.has(reached) || shared.length >= MAX_SCHEMAS) continue;
      names.set(reached, typeName(reached));
      shared.push({ name: names.get(reached)!, schema: schemas[reached]!, names });
    }
    requests.push({ name, schema, names });
  }
  const sorted = shared.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { requests: [...requests, ...sorted], modules: new Map(), module: '', isAlone: true };
}

/** Names of the schemas that one refers to, directly or not: those first that are used first. */
function nearest(root: JsonSchema, schemas: Record<string, JsonSchema>): Set<string> {
  const found = new Set<string>();
  let level: unknown[] = [root];
  while (level.length > 0 && found.size < MAX_SCHEMAS) {
    const next: unknown[] = [];
    const open = [...level];
    while (open.length > 0) {
      const node = open.pop();
      if (typeof node !== 'object' || node === null) continue;
      const { $ref } = node as JsonSchema;
      const name = typeof $ref === 'string' ? $ref.replace(/^#\/\$defs\//, '') : undefined;
      if (name !== undefined && Object.hasOwn(schemas, name) && !found.has(name)) {
        found.add(name);
        next.push(schemas[name]);
      }
      open.push(...Object.values(node));
    }
    level = next;
  }
  return found;
}
