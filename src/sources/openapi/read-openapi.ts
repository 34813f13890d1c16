import { createInputDigest } from './input-digest.js';
import { toolName, uniqueNames } from '../../blueprint/tool-names.js';
import type { HttpBinding, HttpSource, Setting, Skipped, Tool } from '../../blueprint/types.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Loader } from '../read/loader.js';
import { readArguments } from './arguments.js';
import { renamedWithin } from './body.js';
import type { Context } from './context.js';
import { annotationsOf, describeOperation } from './describe-operation.js';
import { openDocument, readInfo, type OpenApiDocument } from './open-document.js';
import { child, children, originOf, stringAt } from './node.js';
import type { Operation } from './operation.js';
import { readOperations } from './operations.js';
import { readSuccess } from './responses.js';
import { Schemas, type SchemaReport } from './schema/schemas.js';
import { groupOf } from './group-of.js';
import { markRequired } from './required-settings.js';
import { readSecurity, type Security } from './security.js';
import { createSelection, type Selector } from './select.js';
import { envName } from '../env-name.js';
import { hasServers, Servers } from './servers.js';

/** What mcp.yaml says of an OpenAPI source. */
export type OpenApiOptions = {
  id: string;
  openapi: string;
  baseUrl?: string;
  /** Address that the document was first read from, for relative server URLs. */
  documentUrl?: string;
  include?: Selector[];
  exclude?: Selector[];
  prefix?: string;
  /** `always` sends what is set in the environment even where the document asks for nothing. */
  credentials?: 'documented' | 'always';
};

/** A source and its tools; input schemas are closed and examples made later, when all tools are known. */
export type OpenApiReading = {
  source: HttpSource;
  tools: DraftTool[];
  skipped: Skipped[];
  findings: Diagnostic[];
  title: string | undefined;
  description: string | undefined;
};

/** A tool before its schemas are fitted into the budget of the whole list. */
export type DraftTool = Omit<Tool, 'inputSchema' | 'outputSchema' | 'example' | 'binding'> & {
  binding: HttpBinding;
  /** Completes the binding once the input schema is closed. */
  complete: (tool: Tool) => void;
};

/** Reads one OpenAPI document into tools. Throws an InputError only when nothing of it can be used. */
export async function readOpenApi(
  options: OpenApiOptions,
  loader: Loader,
): Promise<OpenApiReading> {
  const document = await openDocument(options.openapi, loader);
  const context = createContext(document);
  const { root, isSwagger2 } = document;
  const info = readInfo(root);
  for (const key of ['title', 'description'] as const) {
    context.schemas.inspect(info[key] ?? '', child(child(root, 'info'), key), 'the API');
  }
  const security = readSecurity(context, options.id, isSwagger2);
  const servers = new Servers({
    sourceId: options.id,
    root,
    isSwagger2,
    ...(options.baseUrl !== undefined && { baseUrl: options.baseUrl }),
    ...documentUrlOf(options),
  });
  const { operations, skipped } = selectOperations(context, document, options);
  const names = uniqueNames(operations, options.prefix);
  const tools: DraftTool[] = [];
  operations.forEach((operation, index) => {
    const name = names[index] as string;
    context.findings.at = `${operation.method} ${operation.path}`;
    reportName(context, operation, name, options.prefix);
    tools.push(
      draft(context, operation, {
        name,
        sourceId: options.id,
        security,
        servers,
        credentials: options.credentials,
      }),
    );
  });
  context.findings.at = undefined;
  const source: HttpSource = {
    kind: 'http',
    id: options.id,
    title: info.title ?? options.id,
    servers: servers.found,
    securitySchemes: security.schemes,
    schemas: Object.fromEntries(context.schemas.named),
    settings: [...serverSettings(servers), ...security.settings],
    origin: originOf(root),
  };
  markRequired(source.settings, tools, source.securitySchemes);
  reportSource(context, source, operations, options);
  return { source, tools, skipped, findings: context.findings.list, ...info };
}

/** What the document says of its servers and credentials that will surprise whoever runs the server. */
function reportSource(
  context: Context,
  source: HttpSource,
  operations: readonly Operation[],
  options: OpenApiOptions,
): void {
  const { root, findings, schemas } = context;
  const [unjudged] = schemas.unjudged.values();
  if (unjudged) findings.add('MCP306', { count: schemas.unjudged.size }, unjudged);
  const { env, url } = source.servers['default'] ?? { env: envName(options.id, 'BASE_URL') };
  const servers = child(root, 'servers');
  if (url === undefined) {
    const relative = children(servers).some((server) => stringAt(server, 'url')?.startsWith('/'));
    findings.add('MCP207', { env, ...(relative && { relative }) }, relative ? servers : root);
  } else if (
    /^https?:\/\/(?:localhost|127\.|\[::1\]|0\.0\.0\.0)/i.test(url) &&
    options.baseUrl === undefined
  ) {
    findings.add(
      'MCP213',
      { url, env },
      servers.value === undefined ? child(root, 'host') : servers,
    );
  }
  const open = operations.filter(
    ({ security }) => children(security ?? root).length === 0 && security,
  );
  const isDeclared =
    children(child(root, 'security')).length > 0 || open.length < operations.length;
  const hasSchemes = Object.keys(source.securitySchemes).some((name) => name !== 'token');
  if (
    hasSchemes &&
    isDeclared &&
    options.credentials !== 'always' &&
    open.length * 2 > operations.length
  ) {
    findings.add('MCP211', { open: open.length, all: operations.length }, root);
  }
}

function documentUrlOf(options: OpenApiOptions): { documentUrl?: string } {
  const url = options.documentUrl ?? options.openapi;
  return /^https?:\/\//i.test(url) ? { documentUrl: url } : {};
}

function createContext(document: OpenApiDocument): Context {
  const { findings } = document;
  const report: SchemaReport = (node, problem) => {
    if (problem.kind === 'default')
      findings.add('MCP304', { what: JSON.stringify(problem.value).slice(0, 60) }, node);
    else if (problem.kind === 'type')
      findings.add(
        'MCP305',
        {
          keyword: 'type',
          why: `${JSON.stringify(problem.written)?.slice(0, 60)} is not a type of JSON Schema`,
        },
        node,
      );
    else if (problem.kind === 'keyword')
      findings.add(
        'MCP305',
        { keyword: problem.keyword, why: problem.why ?? 'it is not followed' },
        node,
      );
    else if (problem.kind === 'hidden') findings.add('MCP403', { count: problem.count }, node);
    else if (problem.kind === 'removed')
      findings.add('MCP402', { what: problem.what, count: problem.count }, node);
    else if (problem.kind === 'instruction')
      findings.add('MCP401', { what: problem.what, text: problem.text }, node);
    else if (problem.reason === 'not a regular expression')
      findings.add('MCP302', { pattern: problem.pattern }, node);
    else findings.add('MCP303', { pattern: problem.pattern }, node);
  };
  return {
    root: document.root,
    references: document.references,
    schemas: new Schemas(document.references, report),
    inputDigest: createInputDigest(document.references),
    findings,
  };
}

function selectOperations(context: Context, document: OpenApiDocument, options: OpenApiOptions) {
  const selection = createSelection(options.include ?? [], options.exclude ?? []);
  const operations: Operation[] = [];
  const skipped: Skipped[] = [];
  for (const read of readOperations(document.root, document.references, document.isSwagger2)) {
    if ('reason' in read) {
      skipped.push({ what: read.what, reason: read.reason, origin: originOf(read.node) });
      context.findings.add('MCP201', { what: read.what, reason: read.reason }, read.node);
    } else if (selection.wants(read)) {
      operations.push(read);
    }
  }
  for (const unused of selection.unused()) context.findings.add('MCP210', unused, document.root);
  return { operations, skipped };
}

function reportName(
  context: Context,
  operation: Operation,
  name: string,
  prefix: string | undefined,
): void {
  const what = `${operation.method} ${operation.path}`;
  const { id, node } = operation;
  if (id === undefined) {
    context.findings.add('MCP202', { what, name }, node);
  } else if (id.length > 64) {
    context.findings.add(
      'MCP205',
      { from: id, to: name, why: 'names have at most 64 characters' },
      node,
    );
  } else if (name !== toolName(operation, prefix)) {
    context.findings.add('MCP203', { id, name }, node);
  }
}

function draft(
  context: Context,
  operation: Operation,
  parts: {
    name: string;
    sourceId: string;
    security: Security;
    servers: Servers;
    credentials: OpenApiOptions['credentials'];
  },
): DraftTool {
  const { name, sourceId, security, servers, credentials } = parts;
  const args = readArguments(context, operation, security.schemes);
  const success = readSuccess(context, operation);
  const requirements = security.requirementsOf(operation.security, credentials === 'always');
  const server = hasServers(operation.servers) ? servers.keyFor(operation.servers) : undefined;
  const texts = describeOperation(context, operation, name);
  const binding: Tool['binding'] = {
    kind: 'http',
    source: sourceId,
    method: operation.method,
    path: args.path,
    ...(server !== undefined && { server }),
    ...(args.parameters.length > 0 && { parameters: args.parameters }),
    ...(args.body && { body: args.body }),
    ...(success.accept !== undefined && { accept: success.accept }),
    ...(requirements && { security: requirements }),
    ...idempotency(args.parameters),
  };
  return {
    name,
    title: texts.title,
    description: withRules(texts.description, args.rules),
    annotations: annotationsOf(operation),
    ...groupOf(operation),
    argumentsType: args.schema,
    ...(success.schema && { resultType: success.schema }),
    binding,
    ...(operation.deprecated && { deprecated: true }),
    inputDigest: context.inputDigest(operation),
    origin: originOf(operation.node),
    complete: (tool) => {
      const rename = binding.body ? renamedWithin(tool.inputSchema, context.schemas.wireNames) : {};
      if (binding.body && Object.keys(rename).length > 0) binding.body.rename = rename;
    },
  };
}

/** Sentences after a description, which may end without a full stop. */
function withRules(description: string, rules: string): string {
  if (rules === '') return description;
  return `${description}${/[.!?:…]$/.test(description) ? '' : '.'} ${rules}`;
}

/** A documented idempotency key makes writes repeatable; a caller may still give one. */
function idempotency(parameters: readonly { in: string; name?: string; argument: string }[]): {
  idempotencyHeader?: string;
} {
  const key = parameters.find(
    (p) => p.in === 'header' && /^(?:x-)?idempotency-key$/i.test(p.name ?? p.argument),
  );
  return key ? { idempotencyHeader: key.name ?? key.argument } : {};
}

function serverSettings(servers: Servers): Setting[] {
  return Object.entries(servers.found).flatMap(([key, server]) => {
    const variables = Object.entries(server.variables ?? {}).map(([name, variable]): Setting => ({
      env: variable.env,
      description: `Server variable ${name}${variable.enum ? ` (one of ${variable.enum.slice(0, 10).join(', ')})` : ''}`,
      secret: false,
      required: false,
      default: variable.default,
    }));
    const base: Setting = {
      env: server.env,
      description:
        key === 'default' ? 'Base URL of the API' : `Base URL of the operations on ${key}`,
      secret: false,
      required: server.url === undefined,
      ...(server.url !== undefined && { default: server.url }),
    };
    return [base, ...variables];
  });
}
