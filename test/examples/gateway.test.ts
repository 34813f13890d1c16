import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, connect, makeExample, TRANSPORTS, type Example } from './example.js';
import { startUpstream } from './upstream.js';

const LAMP = { sku: 'L-1', name: 'Lamp', cents: 1900 };
const ORDER = { id: 7, sku: 'L-1', pieces: 2, state: 'open' };
const PARCEL = { number: 'P9', place: 'Utrecht', arrives: '2026-02-01' };

let example: Example;
let apis: Awaited<ReturnType<typeof startUpstream>>[];
beforeAll(async () => {
  apis = await Promise.all([
    startUpstream({ 'GET /items?text=lamp&limit=5': [LAMP], 'GET /items/L-1': LAMP }),
    startUpstream({ 'GET /v3/orders/7': ORDER, 'POST /v3/orders': ORDER }),
    startUpstream({ 'GET /api/parcels/P9': PARCEL }),
  ]);
  example = await makeExample('gateway');
});
afterAll(async () => {
  example?.remove();
  await Promise.all((apis ?? []).map((api) => api.close()));
});

const env = () => ({
  CATALOGUE_URL: apis[0]!.url,
  ORDERS_URL: `${apis[1]!.url}/v3`,
  ORDERS_KEY: 'secret',
  PARCELS_URL: `${apis[2]!.url}/api`,
  PARCELS_LOGIN_USERNAME: 'ada',
  PARCELS_LOGIN_PASSWORD: 'pass',
});

describe('the gateway over three APIs', () => {
  it('has the tools of its manifest, and its own tests pass', { timeout: 180_000 }, async () => {
    expect(example.tools).toEqual([
      'catalogue_search',
      'catalogue_get',
      'orders_get',
      'orders_place',
      'parcels_get',
    ]);
    expect((await example.ownTests()).failures).toEqual([]);
  });

  it.each(TRANSPORTS)('answers over %s, each API with its own credentials', async (transport) => {
    for (const api of apis) api.take();
    const { client, close } = await connect(example, transport, env());
    try {
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name).sort()).toEqual([...example.tools].sort());
      const found = await call(client, 'catalogue_search', { text: 'lamp', limit: 5 });
      expect(found.data).toEqual({ result: [LAMP] });
      expect((await call(client, 'catalogue_get', { sku: 'L-1' })).data).toEqual(LAMP);
      expect((await call(client, 'orders_get', { id: 7 })).data).toEqual(ORDER);
      expect((await call(client, 'orders_place', { sku: 'L-1', pieces: 2 })).data).toEqual(ORDER);
      expect((await call(client, 'parcels_get', { number: 'P9' })).data).toEqual(PARCEL);
      const [catalogue, orders, parcels] = apis.map((api) => api.take());
      expect(catalogue!.map(({ headers }) => headers['authorization'])).toEqual([
        undefined,
        undefined,
      ]);
      expect(orders!.map(({ headers }) => headers['x-orders-key'])).toEqual(['secret', 'secret']);
      expect(JSON.parse(orders![1]!.body)).toEqual({ sku: 'L-1', pieces: 2 });
      expect(parcels![0]!.headers['authorization']).toBe(`Basic ${btoa('ada:pass')}`);
      const refused = await call(client, 'orders_place', { sku: 'L-1', pieces: 100 });
      expect([refused.isError, refused.text]).toEqual([true, expect.stringContaining('/pieces')]);
    } finally {
      await close();
    }
  });
});
