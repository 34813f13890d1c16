import type { JsonSchema } from '../../blueprint/types.js';
import type { TypeRequest } from '../../project/file-spec.js';
import { breakCycles } from './break-cycles.js';
import { compileTypes } from './compile-types.js';
import { limitUnions } from './limit-unions.js';
import { prepareSchema } from './prepare-schema.js';
import { printTypeAlias } from './print-type.js';
import { namesIn, openObject, unknownType } from './type-node.js';
import { cacheKey, openTypesCache, type TypeDeclaration } from './types-cache.js';

/** By type name. */
type Declared = Map<string, TypeDeclaration>;

/**
 * Declares TypeScript types for JSON Schemas. Every schema is compiled on its own, so the cost is linear, and what was
 * compiled before with the same content comes from the cache in `cacheDir`. The groups know nothing of each other: a name may
 * mean something else in each. `failed` are the types that could not be made from their schema and are declared as unknown.
 */
export async function declareGroups(
  groups: TypeRequest[][],
  options: { cacheDir?: string } = {},
): Promise<{ declarations: Declared[]; failed: string[] }> {
  const cache = await openTypesCache(options.cacheDir);
  const missing: { into: Declared; name: string; key: string; schema: JsonSchema }[] = [];
  const declarations = groups.map((requests) => {
    const into: Declared = new Map();
    const prepared = new Map(
      requests.map(({ name, schema, names }) => [name, prepareSchema(schema, names)]),
    );
    for (const [name, schema] of limitUnions(breakCycles(prepared))) {
      const key = cacheKey(name, schema);
      const known = cache.get(key);
      if (known === undefined) missing.push({ into, name, key, schema });
      else into.set(name, known);
    }
    return into;
  });
  const compiled = await compileTypes(missing.map(({ schema }) => schema));
  const failed: string[] = [];
  for (const [index, { into, name, key, schema }] of missing.entries()) {
    const found = compiled[index];
    if (found === undefined) failed.push(name);
    const type = found?.type ?? (schema.type === 'object' ? openObject : unknownType);
    const comment = found?.comment ? `/** ${found.comment} */` : '';
    const declaration = { text: printTypeAlias(name, type, comment), refs: namesIn(type) };
    into.set(name, declaration);
    if (found !== undefined) cache.set(key, declaration);
  }
  await cache.save();
  return { declarations, failed };
}
