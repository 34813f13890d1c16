import type { HttpBinding, Tool } from './types.js';

/** The request that a tool makes, or can make from its handler; undefined for a tool written by hand. */
export function requestOf({ binding }: Pick<Tool, 'binding'>): HttpBinding | undefined {
  return binding.kind === 'http' ? binding : binding.http;
}

/** What a tool does in a few words: `GET /pets`, or the file of its handler and what that stands in for. */
export function describeBinding(tool: Pick<Tool, 'binding'>): string {
  const http = requestOf(tool);
  const request = http && `${http.method} ${http.path}`;
  if (tool.binding.kind === 'http') return request ?? '';
  const { module } = tool.binding;
  return request === undefined ? module : `${module} instead of ${request}`;
}
