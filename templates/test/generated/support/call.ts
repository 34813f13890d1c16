import type { CallToolResult } from '@modelcontextprotocol/server';
import { sources } from '../../../src/generated/sources.js';
import { tools } from '../../../src/generated/tools/index.js';
import { createCallSlots } from '../../../src/runtime/call-slots.js';
import { createCallTool } from '../../../src/runtime/call-tool.js';
import { runHttpTool } from '../../../src/runtime/http/call-http-tool.js';
import type { HttpSecurityScheme, HttpSource } from '../../../src/runtime/http/operation.js';
import { createUpstreams } from '../../../src/runtime/http/upstreams.js';
import { createToolRunner } from '../../../src/runtime/run-tool.js';
import { isHttpTool, type HttpTool, type ServerTool } from '../../../src/runtime/tool.js';
import { examples } from '../examples.js';

/** A tool with arguments that it accepts. */
export type Example<Tool = ServerTool> = { tool: Tool; args: Record<string, unknown> };

/** Tools with an example that can be called without files of the machine (client certificates). */
export function callableExamples(): Example[] {
  return tools.flatMap((tool) => {
    const args = examples[tool.name];
    return args === undefined || credentialsOf(tool) === undefined ? [] : [{ tool, args }];
  });
}

/** Those of them whose call is their request and nothing else. */
export function requestExamples(): Example<HttpTool>[] {
  return callableExamples().flatMap(({ tool, args }) => (isHttpTool(tool) ? [{ tool, args }] : []));
}

/** Calls tools as the server does, with every credential set and the base URLs of all sources below `url`. */
export function createCaller(url: string) {
  const upstreams = createUpstreams(sources, environment(url));
  const call = createCallTool({
    problems: (tool) => (isHttpTool(tool) ? upstreams.problems(tool) : []),
    call: createToolRunner({
      tools: new Map(tools.map((tool) => [tool.name, tool])),
      request: (tool, args, signal) => runHttpTool(tool, args, { upstreams, signal }),
      maxResultChars: upstreams.limits.maxResultChars,
    }),
    slots: createCallSlots({ concurrency: 1, queue: 0 }),
    timeoutMs: 30_000,
  });
  return {
    call: (tool: ServerTool, args: unknown): Promise<CallToolResult> =>
      call(tool, args, new AbortController().signal),
    close: upstreams.close,
  };
}

/** Path below which the test's API serves a server of a source: different for each. */
export function basePath(source: string, server = 'default'): string {
  const index = Object.keys(sources[source]?.servers ?? {}).indexOf(server);
  return `/${encodeURIComponent(source)}/${index}`;
}

/** The schemes that a call of the tool uses when all credentials are set; undefined when it needs a certificate. */
export function credentialsOf({ request }: ServerTool): HttpSecurityScheme[] | undefined {
  if (request === undefined) return [];
  const schemes = sources[request.source]?.securitySchemes ?? {};
  const alternatives = (request.security ?? [])
    .map((alternative) => Object.keys(alternative).map((name) => schemes[name]))
    .filter((alternative) => alternative.every((scheme) => scheme?.type !== 'mutualTLS'))
    .map((alternative) => alternative.filter((scheme) => scheme !== undefined));
  if (alternatives.length === 0) return request.security?.length ? undefined : [];
  return alternatives.find((alternative) => alternative.length > 0) ?? [];
}

/** The text of a result. */
export function textOf(result: CallToolResult): string {
  return result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
}

function environment(url: string): Record<string, string> {
  const env: Record<string, string> = {
    // The tests provoke many failures in a row.
    UPSTREAM_BREAKER_FAILURES: '1000000',
  };
  for (const [id, source] of Object.entries(sources)) {
    for (const [name, server] of Object.entries(source.servers)) {
      env[server.env] = url + basePath(id, name);
    }
    for (const variable of secretVariables(source)) env[variable] = `test-${variable}`;
  }
  return env;
}

function secretVariables({ securitySchemes }: HttpSource): string[] {
  return Object.values(securitySchemes).flatMap((scheme) => {
    if (scheme.type === 'mutualTLS') return [];
    return scheme.type === 'basic' ? [scheme.usernameEnv, scheme.passwordEnv] : [scheme.env];
  });
}
