import { toolName } from '../../blueprint/tool-names.js';
import type { HttpSource } from '../../blueprint/types.js';
import { envName } from '../env-name.js';
import type { Context } from './context.js';
import { child, children, stringAt } from './node.js';
import type { Operation } from './operation.js';
import type { OpenApiOptions } from './openapi-options.js';

/** What the document says of its servers and credentials that will surprise whoever runs the server. */
export function reportSource(
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

/** What of the name of an operation does not become that of its tool. */
export function reportName(
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
