import type { JsonSchema } from '../../blueprint/types.js';
import type { TypeRequest } from '../../project/file-spec.js';
import { breakCycles } from './break-cycles.js';
import { compileTypes } from './compile-types.js';
import { prepareSchema } from './prepare-schema.js';
import { printTypeAlias } from './print-type.js';
import { namesIn, openObject, unknownType } from './type-node.js';
import { cacheKey, openTypesCache } from './types-cache.js';

/** Formatted source text of one exported type, and the declared types that it mentions. */
export type TypeDeclaration = { text: string; refs: string[] };

export type TypeDeclarations = {
  /** By type name. */
  declarations: Map<string, TypeDeclaration>;
  /** Types that could not be made from their schema and are declared as unknown. */
  failed: string[];
};

/**
 * Declares TypeScript types for JSON Schemas. Every schema is compiled on its own, so the cost is linear, and what was
 * compiled before with the same content comes from the cache in `cacheDir`.
 */
export async function declareTypes(
  requests: TypeRequest[],
  options: { cacheDir?: string } = {},
): Promise<TypeDeclarations> {
  const cache = await openTypesCache(options.cacheDir);
  const prepared = breakCycles(
    new Map(requests.map(({ name, schema, names }) => [name, prepareSchema(schema, names)])),
  );
  const declarations = new Map<string, TypeDeclaration>();
  const missing: { name: string; key: string; schema: JsonSchema }[] = [];
  for (const [name, schema] of prepared) {
    const key = cacheKey(name, schema);
    const known = cache.get(key);
    if (known === undefined) missing.push({ name, key, schema });
    else declarations.set(name, known);
  }
  const compiled = await compileTypes(missing.map(({ schema }) => schema));
  const failed: string[] = [];
  for (const [index, { name, key, schema }] of missing.entries()) {
    const found = compiled[index];
    if (found === undefined) failed.push(name);
    const type = found?.type ?? (schema.type === 'object' ? openObject : unknownType);
    const comment = found?.comment ? `/** ${found.comment} */` : '';
    const declaration = { text: printTypeAlias(name, type, comment), refs: namesIn(type) };
    declarations.set(name, declaration);
    if (found !== undefined) cache.set(key, declaration);
  }
  await cache.save();
  return { declarations, failed };
}
