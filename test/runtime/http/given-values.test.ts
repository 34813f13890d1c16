import { describe, expect, it } from 'vitest';
import { createUpstreams } from '../../../templates/src/runtime/http/upstreams.js';
import { runHttpTool } from '../../../templates/src/runtime/http/call-http-tool.js';
import type { GivenValue, HttpParameter } from '../../../templates/src/runtime/http/operation.js';
import { quietLog, sendJson, startUpstream, textOf } from './support.js';

const GIVEN: GivenValue[] = [
  { name: 'X-Api-Key', env: 'SHOP_KEY', secret: true },
  { name: 'tenant', env: 'TENANT', fallback: 'acme & co' },
  { name: 'fields', value: ['id', 'name'] },
  { name: 'api-version', value: '2024-01' },
  { name: 'trace', env: 'TRACE', fallback: '' },
];

const PARAMETERS: HttpParameter[] = [
  { argument: 'X-Api-Key', in: 'header', given: true },
  { argument: 'tenant', in: 'path', given: true },
  { argument: 'fields', in: 'query', style: 'pipeDelimited', explode: false, given: true },
  { argument: 'api-version', in: 'cookie', given: true },
  { argument: 'trace', in: 'query', given: true },
  { argument: 'q', in: 'query' },
];

function setUp(url: string, env: Record<string, string>) {
  const servers = { default: { env: 'API_URL' } };
  const upstreams = createUpstreams(
    { api: { id: 'api', servers, securitySchemes: {}, given: GIVEN } },
    { API_URL: url, ...env },
  );
  const request = { source: 'api', method: 'GET', path: '/{tenant}/x', parameters: PARAMETERS };
  const tool = { name: 'probe', description: 'Probe.', inputSchema: { type: 'object' }, request };
  const call = async (args: Record<string, unknown>) => {
    const { result } = await runHttpTool(tool, args, { upstreams });
    return textOf(result);
  };
  return { upstreams, tool, call };
}

describe('values that no argument gives', () => {
  it('travel as their parameters say, whatever the arguments hold', async () => {
    const upstream = await startUpstream((_, response) => sendJson(response, { ok: true }));
    const { call, upstreams } = setUp(upstream.url, { SHOP_KEY: 's3cret-key\n' });
    await call({ q: 'a', 'X-Api-Key': 'of the model', tenant: 'other' });
    const [request] = upstream.requests;
    expect(request?.url).toBe('/acme%20%26%20co/x?fields=id%7Cname&q=a');
    expect(request?.headers['x-api-key']).toBe('s3cret-key');
    expect(request?.headers.cookie).toBe('api-version=2024-01');
    await upstreams.close();
  });

  it('are known as secrets in answers, errors and the log', async () => {
    const log = quietLog();
    const upstream = await startUpstream(({ headers }, response, count) =>
      sendJson(response, { echo: headers['x-api-key'] }, count === 1 ? 200 : 401),
    );
    const env = { SHOP_KEY: 's3cret-key', TENANT: 's3cret-key' };
    const { call, upstreams } = setUp(upstream.url, env);
    expect(await call({})).toContain('***');
    const refused = await call({});
    expect(refused).toContain('SHOP_KEY');
    expect(refused).not.toContain('s3cret-key');
    expect(log.join('\n')).toContain('/***/x');
    expect(log.join('\n')).not.toContain('s3cret-key');
    await upstreams.close();
  });

  it('are asked for by the name of their variable where they are missing', async () => {
    const { upstreams, tool, call } = setUp('http://127.0.0.1:9', {});
    expect(upstreams.problems(tool)).toEqual(['Set SHOP_KEY.']);
    expect(await call({})).toContain('Set SHOP_KEY.');
    const { parameters: _, ...without } = tool.request;
    expect(upstreams.problems({ request: without })).toEqual([]);
    await upstreams.close();
  });
});
