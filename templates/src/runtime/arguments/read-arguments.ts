import { coerce } from './coerce.js';
import { compileSchema, type CompiledSchema } from './compile.js';
import { EffortError } from './effort.js';
import { explain } from './explain.js';
import { guard, type Json, type Problem, type Size } from './guard.js';
import { createSchemaReader, type SchemaReader } from './schema.js';
import type { JsonSchema, ServerTool } from '../tool.js';

export type ReadArguments =
  { ok: true; value: Record<string, unknown> } | { ok: false; message: string };

const MAX_LINES = 8;

type Prepared = { compiled: CompiledSchema; schemas: SchemaReader };

const prepared = new WeakMap<JsonSchema, Prepared>();

/**
 * Arguments as they were meant and as the input schema wants them, or what a model must change: one line for each
 * problem. The schema is compiled when the tool is called for the first time. Throws when it cannot be evaluated.
 */
export function readArguments(tool: ServerTool, given: unknown): ReadArguments {
  const size: Size = { nodes: 0, nameSteps: 0 };
  const guarded = guard(given, size);
  if ('problem' in guarded) return refuse(tool, [guarded.problem]);

  const { compiled, schemas } = prepare(tool.inputSchema);
  const meant = coerce(guarded.value, schemas, size);
  if (meant.problems.length > 0) return refuse(tool, meant.problems);

  const errors = inProportion(() => compiled.check(meant.value, size));
  if (errors === undefined) return refuse(tool, [TOO_MUCH]);
  if (errors.length > 0) return refuse(tool, explain(errors, compiled, meant.value, schemas));
  // Names that reach prototypes were refused, so ordinary objects are safe from here on.
  return { ok: true, value: plain(meant.value) as Record<string, unknown> };
}

/** With the prototypes that objects usually have. By hand: `structuredClone` takes several times as long. */
function plain(value: Json): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) copy[key] = plain(value[key] ?? null);
  return copy;
}

const TOO_MUCH: Problem = {
  path: '',
  message: 'hold too much to be checked; send fewer values, shorter texts or less nesting',
};

/** Undefined when it would take too long. */
function inProportion<T>(check: () => T): T | undefined {
  try {
    return check();
  } catch (error) {
    if (error instanceof EffortError) return undefined;
    throw error;
  }
}

function prepare(schema: JsonSchema): Prepared {
  const known = prepared.get(schema);
  if (known !== undefined) return known;
  const fresh = { compiled: compileSchema(schema), schemas: createSchemaReader(schema) };
  prepared.set(schema, fresh);
  return fresh;
}

function refuse(tool: ServerTool, problems: readonly Problem[]): ReadArguments {
  const shown = problems.length > MAX_LINES ? MAX_LINES - 1 : problems.length;
  const lines = problems
    .slice(0, shown)
    .map(({ path, message }) => `- ${path === '' ? 'arguments' : path.slice(0, 200)}: ${message}`);
  const rest = problems.length - shown;
  if (rest > 0) lines.push(`- and ${rest} more problems`);
  return { ok: false, message: [`Invalid arguments for ${tool.name}:`, ...lines].join('\n') };
}
