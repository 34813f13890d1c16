import { preloadSchemas } from '@modelcontextprotocol/server';
import type { HttpApp } from './http-app.js';

const MODERN_VERSION = '2026-07-28';
const LEGACY_VERSION = '2025-11-25';
const CLIENT = { name: 'warm-up', version: '0' };

/** Answers a few requests in process, so that the first caller does not pay for what runs for the first time. */
export async function warmUp({ answerOwn }: Pick<HttpApp, 'answerOwn'>): Promise<void> {
  preloadSchemas();
  for (const request of [
    modern('server/discover'),
    modern('tools/list'),
    legacy('initialize', { protocolVersion: LEGACY_VERSION, capabilities: {}, clientInfo: CLIENT }),
    legacy('tools/list', {}),
  ]) {
    const response = await answerOwn(request);
    await response.text();
  }
}

function modern(method: string): Request {
  const meta = {
    'io.modelcontextprotocol/protocolVersion': MODERN_VERSION,
    'io.modelcontextprotocol/clientInfo': CLIENT,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const headers = { 'mcp-protocol-version': MODERN_VERSION, 'mcp-method': method };
  return post(method, { _meta: meta }, headers);
}

function legacy(method: string, params: object): Request {
  return post(method, params, { 'mcp-protocol-version': LEGACY_VERSION });
}

function post(method: string, params: object, headers: Record<string, string>): Request {
  return new Request('http://localhost/mcp', {
    method: 'POST',
    headers: {
      host: 'localhost',
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
}
