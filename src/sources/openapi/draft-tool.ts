import type { HttpParameter, Tool } from '../../blueprint/types.js';
import { annotationsOf } from './annotations-of.js';
import { readArguments } from './arguments.js';
import { renamedWithin } from './body.js';
import type { Context } from './context.js';
import { describeOperation } from './describe-operation.js';
import type { GivenEntries } from './given-parameters.js';
import { groupOf } from './group-of.js';
import { originOf } from './node.js';
import type { Operation } from './operation.js';
import type { OpenApiOptions } from './openapi-options.js';
import { readSuccess } from './responses.js';
import type { Security } from './security.js';
import type { HttpDraft } from './http-draft.js';
import { hasServers, type Servers } from './servers.js';

/** The tool of one operation. */
export function draftTool(
  context: Context,
  operation: Operation,
  parts: {
    name: string;
    sourceId: string;
    security: Security;
    servers: Servers;
    credentials: OpenApiOptions['credentials'];
    given?: GivenEntries | undefined;
  },
): HttpDraft {
  const { name, sourceId, security, servers, credentials, given } = parts;
  const args = readArguments(context, operation, security.schemes, given);
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
function idempotency(parameters: readonly HttpParameter[]): {
  idempotencyHeader?: string;
} {
  const key = parameters.find(
    (p) => !p.given && p.in === 'header' && /^(?:x-)?idempotency-key$/i.test(p.name ?? p.argument),
  );
  return key ? { idempotencyHeader: key.name ?? key.argument } : {};
}
