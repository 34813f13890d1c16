import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, connect, makeExample, TRANSPORTS, type Example } from './example.js';
import { startUpstream } from './upstream.js';

const FLOOD = {
  id: 'w-7',
  event: 'flood',
  severity: 'severe',
  headline: 'The river will leave its bed tonight',
  ends: null,
};
const PERIODS = [{ name: 'Tonight', celsius: 9, wind: 'W 3', summary: 'Rain, then clear' }];

let example: Example;
let upstream: Awaited<ReturnType<typeof startUpstream>>;
beforeAll(async () => {
  upstream = await startUpstream({
    'GET /v2/alerts/active/CA': { updated: '2026-01-31T10:00:00Z', alerts: [FLOOD] },
    'GET /v2/points/37.8,-122.4': { station: 'SFB', column: 85, row: 105, place: 'San Francisco' },
    'GET /v2/stations/SFB/grid/85,105/forecast': { periods: PERIODS },
  });
  example = await makeExample('weather');
});
afterAll(async () => {
  example?.remove();
  await upstream?.close();
});

describe('the weather server', () => {
  it('has the tools of its manifest, and its own tests pass', { timeout: 180_000 }, async () => {
    expect(example.tools).toEqual(['alerts', 'forecast']);
    expect((await example.ownTests()).failures).toEqual([]);
  });

  it.each(TRANSPORTS)('answers over %s', async (transport) => {
    upstream.take();
    const { client, close } = await connect(example, transport, {
      WEATHER_URL: `${upstream.url}/v2`,
    });
    try {
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name)).toEqual(['alerts', 'forecast']);
      expect((await call(client, 'alerts', { state: 'CA' })).data).toEqual({
        updated: '2026-01-31T10:00:00Z',
        alerts: [FLOOD],
      });
      upstream.take();
      expect((await call(client, 'forecast', { latitude: 37.8, longitude: -122.4 })).data).toEqual({
        place: 'San Francisco',
        periods: PERIODS,
      });
      expect(upstream.take().map(({ path }) => path)).toEqual([
        '/v2/points/37.8,-122.4',
        '/v2/stations/SFB/grid/85,105/forecast',
      ]);
      const abroad = await call(client, 'forecast', { latitude: 1, longitude: 2 });
      expect([abroad.isError, abroad.text]).toEqual([
        true,
        expect.stringMatching(/^Step 1 of 2, station \(findStation\), failed: .*404/),
      ]);
      const wrong = await call(client, 'alerts', { state: 'California' });
      expect([wrong.isError, wrong.text]).toEqual([true, expect.stringContaining('/state')]);
      expect(upstream.take()).toHaveLength(1);
    } finally {
      await close();
    }
  });
});
