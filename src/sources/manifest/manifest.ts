import { LineCounter, parseDocument as parseYaml, stringify } from 'yaml';
import { z } from 'zod';
import { diagnostic } from '../../diagnostics/catalog.js';
import { closest } from '../../diagnostics/closest.js';
import { InputError, type Diagnostic } from '../../diagnostics/diagnostic.js';
import { parseDocument } from '../read/parse-document.js';
import { authSchema } from './auth.js';
import { customTools, ownModule } from './custom-tools.js';
import { knownKeys } from './known-keys.js';
import { MANIFEST_VERSION, migrateManifest } from './migrate-manifest.js';
import { exposeSchema, promptsSchema, resourcesSchema } from './offers.js';
import { sessionsSchema } from './sessions.js';
import { toolsetsSchema } from './toolsets.js';
import { SOURCE_SCHEMAS, sourceEntry, sourceKey } from './sources.js';

/** mcp.yaml: the one description of a server. */
export const manifestSchema = z.strictObject({
  manifestVersion: z.literal(MANIFEST_VERSION).default(MANIFEST_VERSION),
  name: z
    .string()
    .regex(
      /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/,
      'must be a valid npm package name',
    )
    .max(214),
  title: z.string().optional(),
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.-]+)?$/, 'must be a semantic version')
    .default('1.0.0'),
  description: z.string().optional(),
  registryName: z
    .string()
    .max(200)
    .regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/, 'must be like io.github.somebody/server')
    .optional()
    .describe('Name in the MCP registry: reverse DNS, a slash, a name; in server.json'),
  sources: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower case letters, digits and "-"'),
      sourceEntry,
    )
    .default({}),
  tools: customTools
    .optional()
    .describe(
      'Generated tools that are changed, by the name they are generated with, and new ones',
    ),
  expose: exposeSchema.optional(),
  resources: resourcesSchema.optional(),
  prompts: promptsSchema.optional(),
  toolsets: toolsetsSchema
    .optional()
    .describe(
      'Tools that are switched on and off together while the server runs, by name of the set',
    ),
  hooks: ownModule.optional().describe('File whose "hooks" see every request and response'),
  output: z
    .strictObject({ schemas: z.enum(['off', 'shallow', 'full']).default('shallow') })
    .optional()
    .describe('How much of each result tools/list describes'),
  serve: z
    .strictObject({
      transports: z
        .array(z.enum(['stdio', 'http']))
        .min(1)
        .default(['stdio', 'http']),
      auth: authSchema
        .optional()
        .describe('Whose access tokens are accepted over HTTP; everybody may call unless given'),
      sessions: sessionsSchema
        .optional()
        .describe(
          'Sessions over HTTP for clients of versions of the protocol before 2026-07-28; without them each of their requests stands for itself',
        ),
    })
    .prefault({}),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** By what is handed on unchanged when a manifest is copied with other sources. */
const files = new WeakMap<Manifest['serve'], string>();

/** The file that a manifest was read from, as messages name it. */
export function manifestFile({ serve }: Manifest): string {
  return files.get(serve) ?? 'mcp.yaml';
}

/** Reads mcp.yaml. Throws an InputError with one message for each thing that is wrong, at its place. */
export function parseManifest(text: string, file: string): Manifest {
  const { value } = parseDocument(migrateManifest(text, file), file);
  if (value === null) throw new InputError([diagnostic('MCP113', { file })]);
  refuseRepeatedKeys(text, file);
  const result = manifestSchema.safeParse(value);
  if (result.success) {
    files.set(result.data.serve, file);
    return result.data;
  }
  throw new InputError(result.error.issues.flatMap((issue) => problems(issue, value, file)));
}

/** Documents of others may repeat keys: the last one counts. Here the first would be lost. Throws an InputError (MCP736). */
function refuseRepeatedKeys(text: string, file: string): void {
  const lines = new LineCounter();
  const { errors } = parseYaml(text, { lineCounter: lines });
  const repeated = errors.filter(({ code }) => code === 'DUPLICATE_KEY');
  if (repeated.length === 0) return;
  throw new InputError(
    repeated.map(({ pos: [start] }) => {
      const { line, col } = lines.linePos(start);
      const key = /^["']?[^\s:"']*/.exec(text.slice(start))?.[0].replace(/^["']/, '') ?? '';
      const position = { line, column: col };
      return diagnostic('MCP736', { key }, { origin: { file, path: [], position } });
    }),
  );
}

/** What may stand below a key that people write before they know what goes there. */
const EXAMPLES = {
  sources: 'sources: { petstore: { openapi: specs/petstore.yaml } }',
  tools: 'tools: { listPets: { hidden: true } }',
  expose: 'expose: { resources: [getPet] }',
  resources: 'resources: { guide: { file: docs/guide.md } }',
  prompts: 'prompts: { greet: { messages: [{ text: Hello }] } }',
  toolsets: 'toolsets: { admin: { description: For operators, tools: ["delete*"] } }',
  hooks: 'hooks: src/hooks.ts',
  output: 'output: { schemas: shallow }',
  serve: 'serve: { transports: [stdio, http] }',
};

/** What could be written where nothing is. */
function exampleAt(path: readonly (string | number)[], issue: z.core.$ZodIssue): string {
  const key = String(path.at(-1));
  if (path.length === 1) return EXAMPLES[key as keyof typeof EXAMPLES] ?? `${key}: …`;
  if (path.length === 2 && path[0] === 'sources') return `${key}: { openapi: specs/petstore.yaml }`;
  if (typeof path.at(-1) === 'number') return '- …';
  if (issue.code === 'invalid_value') return `${key}: ${String(issue.values[0])}`;
  const shape = issue.code === 'invalid_type' ? SHAPES[issue.expected] : undefined;
  return `${key}: ${shape ?? '…'}`;
}

const SHAPES: Partial<Record<string, string>> = {
  object: '{ … }',
  record: '{ … }',
  array: '[ … ]',
  boolean: 'true',
};

function problems(issue: z.core.$ZodIssue, value: unknown, file: string): Diagnostic[] {
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  if (path.length > 0 && issue.code !== 'unrecognized_keys' && valueAt(value, path) === null) {
    const fields = { key: path.join('.'), example: exampleAt(path, issue) };
    return [diagnostic('MCP738', fields, { origin: { file, path } })];
  }
  if (issue.code === 'invalid_union') return unionProblems(issue, path, value, file);
  if (issue.code !== 'unrecognized_keys') {
    return [
      diagnostic(
        'MCP701',
        { where: path.join('.') || 'the manifest', why: issue.message },
        { origin: { file, path } },
      ),
    ];
  }
  return issue.keys.map((key) => {
    const suggestion = closest(key, keysAt(path, value));
    const fields = { key, where: path.join('.'), ...(suggestion !== undefined && { suggestion }) };
    return diagnostic('MCP702', fields, { origin: { file, path: [...path, key] } });
  });
}

/** Of the alternatives only the one that is meant says what is wrong: with sources that of their kind. */
function unionProblems(
  issue: z.core.$ZodIssueInvalidUnion,
  path: (string | number)[],
  value: unknown,
  file: string,
): Diagnostic[] {
  const isSource = path[0] === 'sources' && path.length === 2;
  const key = sourceKey(valueAt(value, path));
  const kinds = Object.keys(SOURCE_SCHEMAS);
  if (isSource && key === undefined) {
    const why = `it must have one of the keys ${kinds.join(', ')}`;
    return [diagnostic('MCP701', { where: path.join('.'), why }, { origin: { file, path } })];
  }
  if (issue.errors.length === 0) {
    const fields = { where: path.join('.'), why: issue.message };
    return [diagnostic('MCP701', fields, { origin: { file, path } })];
  }
  const index = isSource ? kinds.indexOf(key!) : nearest(issue.errors);
  return (issue.errors[index] ?? []).flatMap((inner) =>
    problems({ ...inner, path: [...issue.path, ...inner.path] }, value, file),
  );
}

/** Index of the alternative that got farthest. */
function nearest(errors: readonly z.core.$ZodIssue[][]): number {
  const depths = errors.map((issues) => Math.max(...issues.map(({ path }) => path.length)));
  return depths.indexOf(Math.max(...depths));
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (node, key) => (typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined),
    value,
  );
}

/** Keys that may stand where an unknown one was found: in a source those of its kind. */
function keysAt(path: (string | number)[], value: unknown): string[] {
  if (path[0] !== 'sources' || path.length < 2) return knownKeys(manifestSchema, path);
  const key = sourceKey(valueAt(value, path.slice(0, 2)));
  return key === undefined ? [] : knownKeys(SOURCE_SCHEMAS[key], path.slice(2));
}

/** The text of a new mcp.yaml. Reading it gives the same manifest. */
export function writeManifest(manifest: Manifest): string {
  const { manifestVersion: _, ...rest } = manifest;
  const head =
    '# What this server is made of. Edit it, then run: npm run generate\n# Every key is described in the documentation of create-mcp-server.\n';
  return head + stringify(rest, { lineWidth: 100 });
}
