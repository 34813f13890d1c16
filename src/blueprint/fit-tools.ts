import { diagnostic } from '../diagnostics/catalog.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { describeBinding, requestOf } from './binding.js';
import { closeSchema } from './close-schema.js';
import { exampleArguments } from './example.js';
import { fitSchema, type FittedSchema } from './fit-schema.js';
import { openOutput } from './open-output.js';
import { modelLine } from './model-text.js';
import { shallowOutput } from './shallow-output.js';
import type { JsonSchema, Skipped, Source, Tool } from './types.js';

/** Most characters of JSON for the input schema of one tool. */
const TOOL_LIMIT = 16_000;

/** Most characters of JSON for the whole list: half of what the strictest common client takes in one message. */
const LIST_LIMIT = 5_000_000;

/** Least room for an input schema when the list is long. */
const LEAST_LIMIT = 250;

/** Bytes of JSON that no list exceeds: clients drop the connection on a longer message over stdio. */
const LIST_CEILING = 10_000_000;

export type OutputPolicy = 'off' | 'shallow' | 'full';

type Draft = Omit<Tool, 'inputSchema' | 'outputSchema'> & {
  /** Completes the binding once the input schema is closed. */
  complete?: (tool: Tool) => void;
};

type Reading = { source: Source; tools: Draft[] };

/**
 * Gives every tool its schemas so that each, and the list as a whole, keeps within its budget. Output schemas go first when a
 * list is too long, then the largest input schemas are cut.
 */
export function fitTools(
  readings: readonly Reading[],
  policy: OutputPolicy,
): { tools: Tool[]; findings: Diagnostic[]; skipped: Skipped[] } {
  const drafts = readings.flatMap(({ source, tools }) => {
    const named = new Map(Object.entries(source.schemas));
    return tools.map((tool) => ({
      tool,
      named,
      input: fitSchema(tool.argumentsType, named, TOOL_LIMIT),
    }));
  });
  const descriptions = LIST_LIMIT / 4 / Math.max(drafts.length, 1);
  for (const draft of drafts) draft.tool = withShortTexts(draft.tool, descriptions);
  const fixed = drafts.reduce((sum, { tool }) => sum + overhead(tool), 0);
  const limit = inputLimit(
    drafts.map(({ input }) => input.size),
    LIST_LIMIT - fixed,
  );
  const findings: Diagnostic[] = [];
  let total = fixed;
  for (const draft of drafts) {
    if (draft.input.size > limit) draft.input = refit(draft, limit);
    total += draft.input.size;
    if (draft.input.cut) findings.push(cutFinding(draft.tool, draft.input));
  }
  const outputs = drafts.map(
    ({ tool, named }) => tool.resultType && outputSchema(tool.resultType, named, policy),
  );
  const outputSize = outputs.reduce(
    (sum, schema) => sum + (schema ? JSON.stringify(schema).length : 0),
    0,
  );
  const roomForOutputs = total + outputSize <= LIST_LIMIT;
  const tools = drafts.map(({ tool: { complete, ...draft }, input }, index) => {
    const output = roomForOutputs ? outputs[index] : undefined;
    const tool: Tool = {
      ...draft,
      inputSchema: input.schema,
      ...(output && { outputSchema: output }),
    };
    complete?.(tool);
    const example =
      tool.example ??
      (knowsItsExamples(tool)
        ? undefined
        : exampleArguments(input.whole ?? tool.inputSchema, pathArguments(tool)));
    return example ? { ...tool, example } : tool;
  });
  return { ...belowCeiling(tools), findings };
}

/** Which rows of a database there are, no schema says. */
function knowsItsExamples({ binding }: Tool): boolean {
  return binding.kind === 'sql';
}

function pathArguments(tool: Tool): Set<string> {
  const inPath = (requestOf(tool)?.parameters ?? []).filter(
    (parameter) => parameter.in === 'path' && !parameter.given,
  );
  return new Set(inPath.map(({ argument }) => argument));
}

/** The last resort for a list that cannot be made short enough: what does not fit is left out, and said. */
function belowCeiling(tools: Tool[]): { tools: Tool[]; skipped: Skipped[] } {
  let total = 0;
  const skipped: Skipped[] = [];
  const kept = tools.filter((tool) => {
    const { name, title, description, annotations, inputSchema, outputSchema } = tool;
    const listed = { name, title, description, annotations, inputSchema, outputSchema };
    total += Buffer.byteLength(JSON.stringify(listed)) + 1;
    if (total <= LIST_CEILING) return true;
    const reason =
      'the tool list would be larger than clients accept; select operations with --include';
    skipped.push({ what: tool.name, reason, origin: tool.origin });
    return false;
  });
  return { tools: kept, skipped };
}

function refit(
  draft: { tool: Draft; named: ReadonlyMap<string, JsonSchema>; input: FittedSchema },
  limit: number,
): FittedSchema {
  const again = fitSchema(draft.tool.argumentsType, draft.named, limit);
  return { ...again, cut: again.cut || draft.input.cut };
}

/** In a list of thousands each tool has room for a line. */
function withShortTexts(tool: Draft, room: number): Draft {
  if (room >= 600) return tool;
  const title = modelLine(tool.title, Math.max(room / 3, 30));
  return { ...tool, title, description: modelLine(tool.description, Math.max((room * 2) / 3, 60)) };
}

/** What a tool costs besides its schemas, in characters of JSON. */
function overhead(tool: Draft): number {
  const { name, title, description, annotations } = tool;
  return JSON.stringify({ name, title, description, annotations, inputSchema: {} }).length + 1;
}

/** The largest limit for one schema under which all of them fit into `room`. */
function inputLimit(sizes: readonly number[], room: number): number {
  const sorted = [...sizes].sort((a, b) => a - b);
  let left = room;
  for (const [index, size] of sorted.entries()) {
    const share = left / (sorted.length - index);
    if (size > share) return Math.max(Math.floor(share), LEAST_LIMIT);
    left -= size;
  }
  return TOOL_LIMIT;
}

function outputSchema(
  result: JsonSchema,
  named: ReadonlyMap<string, JsonSchema>,
  policy: OutputPolicy,
): JsonSchema | undefined {
  if (policy === 'off') return undefined;
  const shallow = shallowOutput(result, named);
  if (policy === 'shallow' || !shallow) return shallow;
  const isWrapped = closeSchema(result, named, 0).schema['type'] !== 'object';
  const root = isWrapped ? { type: 'object', properties: { result } } : result;
  const { schema } = fitSchema(root, named, TOOL_LIMIT);
  const open = openOutput(schema);
  return open['type'] === 'object' && open['$ref'] === undefined ? open : shallow;
}

function cutFinding(tool: Draft, input: FittedSchema): Diagnostic {
  return diagnostic(
    'MCP301',
    { what: tool.name, size: input.full, limit: input.size },
    {
      origin: tool.origin,
      at: describeBinding(tool),
    },
  );
}
