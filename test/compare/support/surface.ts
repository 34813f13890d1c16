import { compareSurfaces, type Change, type SurfaceTool } from '../../../src/blueprint/compare.js';
import type { JsonSchema } from '../../../src/blueprint/types.js';

/** A tool without arguments, called `things` unless said otherwise. */
export function tool(parts: Partial<SurfaceTool> = {}): SurfaceTool {
  return {
    name: 'things',
    title: 'Things',
    description: 'All things',
    inputSchema: { type: 'object', properties: {}, additionalProperties: false },
    ...parts,
  };
}

/** A change as one line: class, code and pointer. */
export function line(change: Change): string {
  return `${change.class} ${change.code} ${change.pointer}`.trim();
}

/** What changes when a whole input or output schema does. */
export function schemaChanges(
  side: 'input' | 'output',
  before: JsonSchema,
  after: JsonSchema,
): Change[] {
  const of = (schema: JsonSchema): SurfaceTool =>
    side === 'input' ? tool({ inputSchema: schema }) : tool({ outputSchema: schema });
  return compareSurfaces([of(before)], [of(after)]);
}

/** The arguments of a tool, as they are listed: closed. */
export function closed(properties: Record<string, unknown>, more: JsonSchema = {}): JsonSchema {
  return { type: 'object', properties, additionalProperties: false, ...more };
}

/** What changes when the schema of one argument or one result field `x` does; pointers start there. */
export function memberChanges(side: 'input' | 'output', before: unknown, after: unknown): string[] {
  const prefix = `/${side}Schema/properties/x`;
  return schemaChanges(side, closed({ x: before }), closed({ x: after }))
    .map(line)
    .map((text) => text.replace(prefix, ''))
    .map((text) => text.trim());
}
