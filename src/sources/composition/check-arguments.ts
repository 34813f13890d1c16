import { Validator, type Schema } from '@cfworker/json-schema';
import type { Expression } from '../../blueprint/steps.js';
import type { JsonSchema, Tool } from '../../blueprint/types.js';
import { closest } from '../../diagnostics/closest.js';
import { inWords, kindsOf, memberOf, shapeOf, type Shape } from './shape.js';

/** What is wrong with an argument that a step gives; `path` leads from `with`. */
export type ArgumentProblem =
  | { kind: 'unknown'; argument: string; suggestion?: string }
  | { kind: 'missing'; argument: string }
  | { kind: 'type'; argument: string; why: string };

/** Compares what a step gives with what the tool takes. `shapes` are those of the expressions in `given`. */
export function checkArguments(
  tool: Pick<Tool, 'inputSchema'>,
  given: Readonly<Record<string, Expression>>,
  shapes: ReadonlyMap<string, Shape>,
): ArgumentProblem[] {
  const { inputSchema } = tool;
  const properties = (inputSchema['properties'] ?? {}) as Record<string, JsonSchema>;
  const required = (inputSchema['required'] ?? []) as string[];
  const named = (inputSchema['$defs'] ?? {}) as Record<string, JsonSchema>;
  const problems: ArgumentProblem[] = [];
  for (const [argument, expression] of Object.entries(given)) {
    if (!Object.hasOwn(properties, argument)) {
      if (inputSchema['additionalProperties'] !== false) continue;
      const suggestion = closest(argument, Object.keys(properties));
      problems.push({ kind: 'unknown', argument, ...(suggestion && { suggestion }) });
      continue;
    }
    const target = shapeOf(properties[argument]!, named);
    const why =
      'value' in expression
        ? constantProblem(expression.value, target)
        : typeProblem(shapes.get(argument), target, 0);
    if (why !== undefined) problems.push({ kind: 'type', argument, why });
  }
  const missing = required.filter((name) => !Object.hasOwn(given, name));
  return [...problems, ...missing.map((argument) => ({ kind: 'missing' as const, argument }))];
}

function constantProblem(value: unknown, { schema, named }: Shape): string | undefined {
  try {
    const validator = new Validator({ ...schema, $defs: named } as Schema, '2020-12', true);
    const { valid, errors } = validator.validate(value);
    return valid ? undefined : (errors.at(-1)?.error ?? 'it does not fit').replace(/\.$/, '');
  } catch {
    // What cannot be checked here is checked when the tool is called.
    return undefined;
  }
}

const MAX_DEPTH = 6;

/** Why a value can never be what is wanted; undefined where it can. */
export function typeProblem(
  given: Shape | undefined,
  target: Shape,
  depth = 0,
): string | undefined {
  const [is, wanted] = [given && kindsOf(given), kindsOf(target)];
  if (!given || !is || !wanted) return undefined;
  if (![...is].some((kind) => wanted.has(kind))) {
    // Nothing stands for an argument that is left out.
    if (is.size === 1 && is.has('null')) return undefined;
    return `it is ${inWords(is)}, but takes ${inWords(wanted)}`;
  }
  if (depth >= MAX_DEPTH || !is.has('object')) return undefined;
  const members = given.schema['properties'];
  if (typeof members !== 'object' || members === null) return undefined;
  for (const [name, schema] of Object.entries(members)) {
    const member = memberOf(target, name);
    if (!('found' in member)) continue;
    const inner = typeProblem(
      { schema: schema as JsonSchema, named: given.named },
      member.found,
      depth + 1,
    );
    if (inner !== undefined) return `${name}: ${inner}`;
  }
  return undefined;
}
