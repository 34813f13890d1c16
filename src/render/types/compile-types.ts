import type { compile, Options } from 'json-schema-to-typescript';
import type { JsonSchema } from '../../blueprint/types.js';
import { readMembers } from './read-type.js';
import type { CompiledType } from './type-node.js';
import { putTogether, takeApart } from './type-parts.js';

/** A call of the compiler costs about a millisecond by itself: many schemas share one. */
const BATCH = 100;

const OPTIONS: Partial<Options> = {
  format: false,
  bannerComment: '',
  unknownAny: true,
  additionalProperties: false,
  ignoreMinAndMaxItems: true,
  // Prepared schemas have no references; should one be left, it is not followed.
  $refOptions: { resolve: { external: false } },
};

/**
 * Compiles prepared schemas (see `prepareSchema`), each independently of the others, in their order. The compiler costs more
 * than anything else, so what occurs again, as whole schemas and properties often do, is compiled once.
 */
export async function compileTypes(schemas: JsonSchema[]): Promise<CompiledType[]> {
  const distinct = new Map<string, JsonSchema>();
  const keyOf = (schema: JsonSchema): string => {
    const key = JSON.stringify(schema);
    if (!distinct.has(key)) distinct.set(key, schema);
    return key;
  };
  const taken = schemas.map((schema) => takeApart(schema, keyOf));
  const keys = [...distinct.keys()];
  const pieces = [...distinct.values()];
  const compiled = new Map<string, CompiledType>();
  for (let start = 0; start < pieces.length; start += BATCH) {
    const batch = await compileBatch(pieces.slice(start, start + BATCH));
    for (const [index, type] of batch.entries()) compiled.set(keys[start + index]!, type);
  }
  return taken.map((parts) => putTogether(parts, compiled));
}

/** When a batch fails, its halves are tried, down to the schema that is to blame. */
async function compileBatch(schemas: JsonSchema[]): Promise<CompiledType[]> {
  try {
    return await compileTogether(schemas);
  } catch {
    if (schemas.length === 1) return [undefined];
    const middle = Math.ceil(schemas.length / 2);
    const first = await compileBatch(schemas.slice(0, middle));
    return [...first, ...(await compileBatch(schemas.slice(middle)))];
  }
}

async function compileTogether(schemas: JsonSchema[]): Promise<CompiledType[]> {
  // Not before it is needed: with everything in the cache it never is.
  const compiler = await import('json-schema-to-typescript');
  const names = schemas.map((_, index) => `p${index}`);
  const properties = Object.fromEntries(names.map((name, index) => [name, schemas[index]]));
  const root = { type: 'object', properties, required: names, additionalProperties: false };
  const members = readMembers(
    await compiler.compile(root as Parameters<typeof compile>[0], 'Root', OPTIONS),
  );
  if (members.length !== schemas.length) throw new SyntaxError('types were lost');
  return members.map(({ type, comment }) => ({ type, comment }));
}
