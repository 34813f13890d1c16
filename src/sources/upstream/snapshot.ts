import { z } from 'zod';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import { parseDocument } from '../read/parse-document.js';

const FORMAT = 'create-mcp-server/upstream';

const named = z.looseObject({ name: z.string().min(1).max(1_000) });
const uri = z.string().min(1).max(10_000);

const tool = named.extend({
  title: z.string().optional(),
  description: z.string().optional(),
  inputSchema: z.record(z.string(), z.unknown()),
  outputSchema: z.record(z.string(), z.unknown()).optional(),
  annotations: z.looseObject({ title: z.string().optional() }).optional(),
});

const texts = { title: z.string().optional(), description: z.string().optional() };

const snapshot = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  server: z.object({
    name: z.string(),
    title: z.string().optional(),
    version: z.string(),
    instructions: z.string().optional(),
    protocol: z.string().optional(),
    // Tells those who subscribe to a resource when it changes.
    subscribe: z.literal(true).optional(),
  }),
  tools: z.array(tool).max(10_000),
  resources: z.array(named.extend({ ...texts, uri, mimeType: z.string().optional() })).max(10_000),
  templates: z
    .array(named.extend({ ...texts, uriTemplate: uri, mimeType: z.string().optional() }))
    .max(10_000),
  prompts: z
    .array(
      named.extend({
        ...texts,
        arguments: z
          .array(
            z.looseObject({
              name: z.string(),
              description: z.string().optional(),
              required: z.boolean().optional(),
            }),
          )
          .optional(),
      }),
    )
    .max(10_000),
});

/** What an MCP server listed, as it listed it. */
export type UpstreamSnapshot = Omit<z.infer<typeof snapshot>, 'format' | 'version'>;
export type UpstreamTool = UpstreamSnapshot['tools'][number];

/** As text that is pinned below `specs/`: the same text for the same lists, in whatever order they came. */
export function writeUpstreamSnapshot(listed: UpstreamSnapshot): string {
  const { server, tools, resources, templates, prompts } = listed;
  const content = {
    ...{ format: FORMAT, version: 1, server },
    tools: by(tools, ({ name }) => name),
    resources: by(resources, (item) => item.uri),
    templates: by(templates, ({ uriTemplate }) => uriTemplate),
    prompts: by(prompts, ({ name }) => name),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** What a snapshot holds. Throws an InputError (MCP860). */
export function readUpstreamSnapshot(text: string, file: string): UpstreamSnapshot {
  const { value } = parseDocument(text, file);
  const read = snapshot.safeParse(value);
  if (read.success) return read.data;
  throw new InputError(
    read.error.issues.slice(0, 5).map(({ path, message }) => {
      const keys = path.map((key) => (typeof key === 'symbol' ? String(key) : key));
      const why = `${keys.join('.') || 'the file'}: ${message}`;
      return diagnostic('MCP860', { file, why }, { origin: { file, path: keys } });
    }),
  );
}

function by<Item>(items: readonly Item[], key: (item: Item) => string): Item[] {
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
