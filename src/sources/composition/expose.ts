import type { CustomTool } from '../../blueprint/custom-tool.js';
import type { Resource } from '../../blueprint/offers.js';
import { callOf } from '../../blueprint/binding.js';
import type { JsonSchema, Tool } from '../../blueprint/types.js';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError, type Diagnostic } from '../../diagnostics/diagnostic.js';
import { isPattern, matchesPattern } from '../../blueprint/tool-patterns.js';

export type ExposeOptions = {
  patterns: readonly string[];
  /** `tools:` as it is written: what patterns say is a wish, what a name says is meant. */
  entries: Readonly<Record<string, CustomTool>>;
  file: string;
};

const SIMPLE = ['string', 'integer', 'number', 'boolean'];

/**
 * Tools that are resources instead: `as: resource`, and those of the patterns that only read. They stay callable for steps. Throws
 * an InputError for a tool that changes something, or needs what no URI can hold (MCP721, MCP725).
 */
export function exposeResources(
  tools: readonly Tool[],
  { patterns, entries, file }: ExposeOptions,
): { tools: Tool[]; resources: Resource[] } {
  const problems: Diagnostic[] = [];
  const wanted = [
    ...patterns,
    ...Object.keys(entries).filter((key) => isPattern(key) && entries[key]?.as === 'resource'),
  ];
  const resources: Resource[] = [];
  const all = tools.map((tool) => {
    const key = tool.generatedName ?? tool.name;
    const isNamed = Object.hasOwn(entries, key) && entries[key]?.as === 'resource';
    const reads = tool.annotations.readOnlyHint === true;
    const isMatched = reads && wanted.some((pattern) => matchesPattern(pattern, key));
    if (!isNamed && !isMatched) return tool;
    const place = { origin: { file, path: ['tools', key, 'as'] } };
    const where = `tools.${key}.as`;
    if (!reads) problems.push(diagnostic('MCP721', { where, tool: tool.name }, place));
    const uri = uriOf(tool);
    if ('refused' in uri) {
      if (!isNamed) return tool;
      problems.push(diagnostic('MCP725', { where, tool: tool.name, argument: uri.refused }, place));
      return tool;
    }
    resources.push({
      name: tool.name,
      ...(tool.title !== '' && { title: tool.title }),
      description: tool.description,
      uri: uri.template,
      content: {
        tool: tool.name,
        with: Object.fromEntries(uri.names.map((name) => [name, { ref: ['args', name] }])),
      },
      origin: tool.origin,
    });
    return { ...tool, unlisted: true };
  });
  if (problems.length > 0) throw new InputError(problems);
  return { tools: all, resources };
}

/** `petstore://getPet/{petId}{?fields}`: what is required stands in the path. */
function uriOf(tool: Tool): { template: string; names: string[] } | { refused: string } {
  const { inputSchema, name } = tool;
  const properties = Object.entries(
    (inputSchema['properties'] ?? {}) as Record<string, JsonSchema>,
  );
  const required = new Set((inputSchema['required'] ?? []) as string[]);
  const fits = ([key, schema]: [string, JsonSchema]) =>
    /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && isSimple(schema);
  const wrong = properties.find((one) => required.has(one[0]) && !fits(one));
  if (wrong !== undefined) return { refused: wrong[0] };
  const inPath = properties.filter(([key]) => required.has(key)).map(([key]) => key);
  const inQuery = properties
    .filter((one) => !required.has(one[0]) && fits(one))
    .map(([key]) => key);
  const source = callOf(tool)?.source ?? 'tool';
  const path = [name, ...inPath.map((key) => `{${key}}`)].join('/');
  const query = inQuery.length > 0 ? `{?${inQuery.join(',')}}` : '';
  return { template: `${source}://${path}${query}`, names: [...inPath, ...inQuery] };
}

function isSimple({ type }: JsonSchema): boolean {
  const types = [type].flat().filter((one) => one !== 'null');
  return types.length > 0 && types.every((one) => SIMPLE.includes(String(one)));
}
