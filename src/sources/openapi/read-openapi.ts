import { uniqueNames } from '../../blueprint/tool-names.js';
import type { HttpSource, Skipped } from '../../blueprint/types.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Loader } from '../read/loader.js';
import { reportAskedSecrets } from './asked-secrets.js';
import type { Context } from './context.js';
import { createContext } from './create-context.js';
import { draftTool } from './draft-tool.js';
import type { HttpDraft } from './http-draft.js';
import { readGiven } from './given-parameters.js';
import { child, originOf } from './node.js';
import type { OpenApiOptions } from './openapi-options.js';
import { openDocument, readInfo, type OpenApiDocument } from './open-document.js';
import type { Operation } from './operation.js';
import { readOperations } from './operations.js';
import { reportName, reportSource } from './report-source.js';
import { markRequired } from './required-settings.js';
import { readSecurity } from './security.js';
import { createSelection } from './select.js';
import { serverSettings } from './server-settings.js';
import { Servers } from './servers.js';

/** A source and its tools; input schemas are closed and examples made later, when all tools are known. */
export type OpenApiReading = {
  source: HttpSource;
  tools: HttpDraft[];
  skipped: Skipped[];
  findings: Diagnostic[];
  title: string | undefined;
  description: string | undefined;
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
  const tools: HttpDraft[] = [];
  operations.forEach((operation, index) => {
    const name = names[index] as string;
    context.findings.at = `${operation.method} ${operation.path}`;
    reportName(context, operation, name, options.prefix);
    tools.push(
      draftTool(context, operation, {
        name,
        sourceId: options.id,
        security,
        servers,
        credentials: options.credentials,
        given: options.parameters,
      }),
    );
  });
  context.findings.at = undefined;
  const given = readGiven(context, options, operations, tools);
  const source: HttpSource = {
    kind: 'http',
    id: options.id,
    title: info.title ?? options.id,
    servers: servers.found,
    securitySchemes: security.schemes,
    schemas: Object.fromEntries(context.schemas.named),
    settings: [...serverSettings(servers), ...security.settings, ...given.settings],
    ...(given.values.length > 0 && { given: given.values }),
    origin: originOf(root),
  };
  markRequired(source.settings, tools, source.securitySchemes);
  reportSource(context, source, operations, options);
  reportAskedSecrets(context, operations, security.schemes, options);
  return {
    source,
    tools,
    skipped,
    findings: [...context.findings.list, ...given.findings],
    ...info,
  };
}

function documentUrlOf(options: OpenApiOptions): { documentUrl?: string } {
  const url = options.documentUrl ?? options.openapi;
  return /^https?:\/\//i.test(url) ? { documentUrl: url } : {};
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
