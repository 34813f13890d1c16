import { Validator } from '@cfworker/json-schema';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError, type Origin } from '../diagnostics/diagnostic.js';
import { checkSchema } from './check-schema.js';
import type { CustomTool } from './custom-tool.js';
import { deprecatedTool } from './own-deprecation.js';
import { annotationsOfMethod, ownRequest } from './own-http.js';
import { exampleArguments } from './example.js';
import type { Binding, JsonSchema, Source, Tool, ToolAnnotations } from './types.js';

/** Under this title the tools of the user stand together in TOOLS.md. */
const GROUP = 'custom';

/**
 * A tool that a person wrote in mcp.yaml. Arguments that its schema does not name are refused unless it says otherwise; a
 * result that is no object stands under `result`, as with generated tools. Throws an InputError (MCP706).
 */
export function ownTool(
  key: string,
  entry: CustomTool,
  { origin, sources }: { origin: Origin; sources: readonly Source[] },
): Tool {
  const { input = {}, output, handler = '', annotations = {}, descriptionPrefix = '' } = entry;
  const problems = [
    ...checkSchema(input, 'input', { combined: entry.combinedInput }).map((problem) => ({
      ...problem,
      of: 'input',
    })),
    ...(output ? checkSchema(output, 'output') : []).map((problem) => ({
      ...problem,
      of: 'output',
    })),
  ];
  if (problems.length > 0) {
    throw new InputError(
      problems.map(({ of, path, why }) => {
        const place = { file: origin.file, path: [...origin.path, of, ...path] };
        return diagnostic('MCP706', { tool: key, why }, { origin: place });
      }),
    );
  }
  const inputSchema = strict(input);
  const made = exampleArguments(inputSchema);
  const example =
    made && (!entry.combinedInput || acceptsAll(inputSchema, made)) ? made : undefined;
  const bindingOf = (): Binding => {
    if (entry.http) return ownRequest(key, entry.http, { input, sources, origin });
    // What the steps are is known when all tools are.
    if (entry.steps) return { kind: 'steps', plan: { steps: [], result: { value: null } } };
    return { kind: 'handler', module: handler };
  };
  const tool: Tool = {
    name: entry.name ?? key,
    ...(entry.name !== undefined && entry.name !== key && { generatedName: key }),
    title: entry.title ?? '',
    description: `${descriptionPrefix}${entry.description ?? ''}`,
    annotations: {
      ...(entry.http && annotationsOfMethod(entry.http.method)),
      ...annotations,
    } as ToolAnnotations,
    group: GROUP,
    inputSchema,
    ...(output && { outputSchema: asObject(output) }),
    argumentsType: inputSchema,
    ...(output && { resultType: output }),
    binding: bindingOf(),
    isOwn: true,
    ...(entry.hidden === true && { unlisted: true }),
    ...(example && { example }),
    origin,
  };
  return deprecatedTool(tool, entry.deprecated);
}

/** Combinators at the root are not followed when an example is made. */
function acceptsAll(schema: JsonSchema, value: unknown): boolean {
  return new Validator(schema, '2020-12').validate(value).valid;
}

function strict(schema: JsonSchema): JsonSchema {
  const { type, properties = {}, ...rest } = schema;
  const isOpen = 'patternProperties' in schema || 'unevaluatedProperties' in schema;
  return { type, properties, ...(!isOpen && { additionalProperties: false }), ...rest };
}

function asObject(schema: JsonSchema): JsonSchema {
  if (schema['type'] === 'object') return schema;
  const { $defs, ...result } = schema;
  return {
    type: 'object',
    properties: { result },
    required: ['result'],
    ...($defs !== undefined && { $defs }),
  };
}
