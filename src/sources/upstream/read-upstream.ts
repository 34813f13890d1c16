import type { McpPinned, McpSource } from '../../blueprint/upstream.js';
import {
  countInvisible,
  modelLine,
  modelText,
  suspiciousInstruction,
} from '../../blueprint/model-text.js';
import { toolName, uniqueNames } from '../../blueprint/tool-names.js';
import type { JsonSchema, ToolAnnotations } from '../../blueprint/types.js';
import { diagnostic } from '../../diagnostics/catalog.js';
import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.js';
import type { McpEntry } from '../manifest/mcp-source.js';
import type { Loader } from '../read/loader.js';
import { unusable } from './unusable.js';
import type { DraftTool, SourceReading } from '../reading.js';
import { asInput, normaliseSchema } from './normalise-schema.js';
import { pinOf, type PinnedKind } from './pins.js';
import { createNameSelection } from './selection.js';
import { connectionsOf, upstreamSettings } from './settings.js';
import { readUpstreamSnapshot, type UpstreamTool } from './snapshot.js';

const DESCRIPTION = 4_000;
const TITLE = 200;
const TIMEOUT_MS = 30_000;
const HINTS = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'] as const;

/** Reads the snapshot of another MCP server into tools. Throws an InputError (MCP860 and those of reading files). */
export async function readUpstream(
  id: string,
  entry: McpEntry,
  load: Loader,
): Promise<SourceReading> {
  const { file, text } = await load.readEntry(entry.mcp);
  const { server, ...whole } = readUpstreamSnapshot(text, file);
  const { usable: snapshot, skipped } = unusable(whole, file);
  const { include = [], exclude = [], prefix = '' } = entry;
  const selection = createNameSelection(include, exclude);
  const listed = {
    tools: snapshot.tools.filter(({ name }) => selection.wants(name)),
    resources: snapshot.resources.filter(({ uri }) => selection.wants(uri)),
    templates: snapshot.templates.filter(({ uriTemplate }) => selection.wants(uriTemplate)),
    prompts: snapshot.prompts.filter(({ name }) => selection.wants(name)),
  };
  const origin: Origin = { file, path: [] };
  const connections = connectionsOf(entry);
  const schemas: Record<string, JsonSchema> = {};
  const names = uniqueNames(listed.tools.map(nameSource), prefix);
  const tools = listed.tools.map((tool, index) => {
    const place = { file, path: ['tools', whole.tools.indexOf(tool)] };
    return draftTool(tool, { id, name: names[index]!, origin: place, schemas });
  });
  const title = entry.title ?? server.title ?? server.name;
  const source: McpSource = {
    kind: 'mcp',
    id,
    title: modelLine(title, TITLE),
    snapshot: entry.mcp,
    upstream: {
      id,
      connections,
      timeoutMs: entry.timeoutMs ?? TIMEOUT_MS,
      ...(server.protocol !== undefined && server.protocol < '2026' && { handshake: true }),
      ...(server.subscribe === true && { subscribe: true }),
      ...(entry.whenUnavailable === 'hide' && { whenUnavailable: 'hide' }),
      onChange: entry.onChange ?? 'refuse',
      pins: {
        ...pins('tool', listed.tools, ({ name }) => name),
        ...pins('resource', listed.resources, ({ uri }) => uri),
        ...pins('template', listed.templates, ({ uriTemplate }) => uriTemplate),
        ...pins('prompt', listed.prompts, ({ name }) => name),
      },
      resources: listed.resources.map((item) => shown(item, item.uri, { uri: item.uri })),
      templates: listed.templates.map((item) =>
        shown(item, item.uriTemplate, { uriTemplate: item.uriTemplate }),
      ),
      prompts: listed.prompts.map((item) => {
        const name = prefix === '' ? item.name : `${prefix}_${item.name}`;
        const given = item.arguments?.map((argument) => ({
          name: argument.name,
          ...(argument.description !== undefined && {
            description: modelText(argument.description, DESCRIPTION),
          }),
          ...(argument.required !== undefined && { required: argument.required }),
        }));
        return shown({ ...item, name }, item.name, given ? { arguments: given } : {});
      }),
    },
    schemas,
    settings: upstreamSettings(entry.title ?? id, connections),
    origin,
  };
  return {
    source,
    tools,
    skipped,
    findings: [
      ...selection.unused({ file: 'mcp.yaml', path: ['sources', id] }),
      ...(['tools', 'resources', 'templates', 'prompts'] as const).flatMap((kind) =>
        whole[kind].flatMap((item, index) =>
          (listed[kind] as readonly unknown[]).includes(item)
            ? inspect(`${item.name} of ${id}`, item, { file, path: [kind, index] })
            : [],
        ),
      ),
    ],
    title,
    description: undefined,
  };
}

/** The method stands for what the server does with it: there is no path of its own. */
function nameSource({ name }: { name: string }) {
  return { id: name, method: 'use', path: name };
}

function draftTool(
  tool: UpstreamTool,
  place: { id: string; name: string; origin: Origin; schemas: Record<string, JsonSchema> },
): DraftTool {
  const { id, name, origin, schemas } = place;
  const own = toolName(nameSource(tool));
  const input = normaliseSchema(tool.inputSchema, own);
  const output = tool.outputSchema && normaliseSchema(tool.outputSchema, `${own}_result`);
  Object.assign(schemas, input.defs, output?.defs);
  const annotations: ToolAnnotations = {};
  for (const hint of HINTS) {
    const value = tool.annotations?.[hint];
    if (typeof value === 'boolean') annotations[hint] = value;
  }
  const title = modelLine(tool.title ?? tool.annotations?.title ?? tool.name, TITLE);
  const description = modelText(tool.description ?? '', DESCRIPTION);
  return {
    name,
    title,
    description: description === '' ? title : description,
    annotations,
    group: id,
    argumentsType: asInput(input.schema),
    ...(output && { resultType: { type: 'object', ...output.schema } }),
    binding: {
      kind: 'mcp',
      source: id,
      tool: tool.name,
      ...(Object.keys(input.rename).length > 0 && { rename: input.rename }),
    },
    origin,
  };
}

function pins<Item extends Record<string, unknown>>(
  kind: PinnedKind,
  items: readonly Item[],
  key: (item: Item) => string,
): Record<string, string> {
  return Object.fromEntries(items.map((item) => [`${kind}:${key(item)}`, pinOf(kind, item)]));
}

/** What callers see of an item: foreign text as a model should read it. */
function shown(
  item: { name: string; title?: string | undefined; description?: string | undefined },
  own: string,
  rest: Record<string, unknown>,
): McpPinned {
  const mimeType = (item as { mimeType?: string }).mimeType;
  return {
    own,
    listed: {
      ...rest,
      name: modelLine(item.name, TITLE),
      ...(item.title !== undefined && { title: modelLine(item.title, TITLE) }),
      ...(item.description !== undefined && {
        description: modelText(item.description, DESCRIPTION),
      }),
      ...(mimeType !== undefined && { mimeType }),
    },
  };
}

function inspect(what: string, item: unknown, origin: Origin): Diagnostic[] {
  const texts = textsIn(item);
  const count = texts.reduce((sum, text) => sum + countInvisible(text), 0);
  const order = texts.map(suspiciousInstruction).find((found) => found !== undefined);
  return [
    ...(count > 0 ? [diagnostic('MCP402', { what, count }, { origin })] : []),
    ...(order === undefined ? [] : [diagnostic('MCP401', { what, text: order }, { origin })]),
  ];
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
