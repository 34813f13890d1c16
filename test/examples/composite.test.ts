import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, connect, makeExample, TRANSPORTS, type Example } from './example.js';
import { installed, pathWithNpx } from './npx.js';
import { createSqlite } from './sqlite.js';
import { startUpstream } from './upstream.js';

const ROWS = `
INSERT INTO part VALUES ('BR-210', 'Brake pads', 2, 4), ('CH-110', 'Chain', 5, 1), ('TY-700', 'Tyre', 1, 2), ('IN-700', 'Tube', 10, 5);
INSERT INTO repair VALUES (1, 'red Gazelle', '2026-02-03', NULL), (2, 'old tandem', '2026-03-01', NULL), (3, 'blue Batavus', '2026-01-20', '2026-01-19');
INSERT INTO repair_part VALUES (1, 'BR-210', 4), (1, 'TY-700', 2), (2, 'CH-110', 8), (3, 'IN-700', 9);
`;
const SLIPS = {
  'january.csv': 'sku;pieces;state\nBR-210;4;sent\nTY-700;1;arrived\n',
  'february.csv': 'sku;pieces;state\nBR-210;1;ordered\n',
};
const PADS = { sku: 'BR-210', name: 'Brake pads', cents: 500, stock: 40, days: 2 };
const TYRE = { sku: 'TY-700', name: 'Tyre', cents: 2450, stock: 3, days: 5 };
const SUPPLIER = {
  name: 'Vandermeer',
  entityType: 'supplier',
  observations: ['Delivers on Tuesdays'],
};

/** Six brake pads are needed and five on their way; three tyres are needed, and the one that was sent has arrived. */
const ADVICE = {
  order: [
    { sku: 'BR-210', name: 'Brake pads', pieces: 1, cents: 500 },
    { sku: 'TY-700', name: 'Tyre', pieces: 3, cents: 7350 },
  ],
  cents: 7850,
  unknown: [],
};

let example: Example;
let supplier: Awaited<ReturnType<typeof startUpstream>>;
let path: string;
beforeAll(async () => {
  supplier = await startUpstream({
    'GET /v4/parts/BR-210': PADS,
    'GET /v4/parts/TY-700': TYRE,
    'POST /v4/orders': { number: 'O-1', cents: 7850 },
  });
  example = await makeExample('composite');
  path = await pathWithNpx(join(example.root, 'programs'));
});
afterAll(async () => {
  example?.remove();
  await supplier?.close();
});

/** Everything that the server is made of, in a folder of its own. */
async function start(name: string): Promise<Record<string, string>> {
  const folder = join(example.root, name);
  await mkdir(join(folder, 'slips'), { recursive: true });
  for (const [file, text] of Object.entries(SLIPS))
    await writeFile(join(folder, 'slips', file), text);
  const database = join(folder, 'stock.sqlite');
  await createSqlite(database, join(example.root, 'specs/stock.sql'), ROWS);
  return {
    PATH: path,
    SUPPLIER_URL: `${supplier.url}/v4`,
    SUPPLIER_CUSTOMER_KEY: 'k3y',
    STOCK_DB: `sqlite:${database}`,
    SLIPS_ROOT: join(folder, 'slips'),
    NOTES_FILE: join(folder, 'notes.jsonl'),
  };
}

const DAY = { day: '2026-02-10' };

it(
  'the workshop server has the tools of its manifest, and its own tests pass',
  { timeout: 180_000 },
  async () => {
    expect([...example.tools].sort()).toEqual(
      [
        ['quotePart', 'placeOrder'],
        [
          'list_part',
          'get_part',
          'list_repair',
          'get_repair',
          'list_repair_part',
          'get_repair_part',
        ],
        ['related_rows', 'aggregate_rows', 'search_rows', 'describe_tables', 'parts_needed'],
        ['read_file', 'list_folder', 'tree', 'find_files', 'search_files', 'file_info'],
        ['notes_search_nodes', 'notes_create_entities', 'notes_add_observations'],
        ['order_advice'],
      ]
        .flat()
        .sort(),
    );
    expect((await example.ownTests()).failures).toEqual([]);
  },
);

it('npm run seed makes the database where its address says, folder and all', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['dist/seed.js'], {
    cwd: example.root,
    env: {},
  });
  expect(stdout).toBe('stock has made-up rows now: STOCK_DB=sqlite:./data/stock.sqlite\n');
  expect(await readFile(join(example.root, '.gitignore'), 'utf8')).toMatch(/^\/data\/$/m);
});

it('npm run seed leaves a database alone that is there', async () => {
  const database = join(example.root, 'data/taken.sqlite');
  await mkdir(join(example.root, 'data'), { recursive: true });
  await writeFile(database, 'rows of somebody');
  const seeding = promisify(execFile)(process.execPath, ['dist/seed.js'], {
    cwd: example.root,
    env: { STOCK_DB: 'sqlite:./data/taken.sqlite' },
  });
  await expect(seeding).rejects.toMatchObject({
    code: 2,
    stderr:
      './data/taken.sqlite is there already: nothing was done. A new one gets made-up rows: STOCK_DB=sqlite:./data/made-up\n',
  });
  expect(await readFile(database, 'utf8')).toBe('rows of somebody');
});

it('what stands behind the tools is listed as a person would write it', async () => {
  const text = await readFile(join(example.root, 'src/generated/backends.ts'), 'utf8');
  expect(text.slice(text.indexOf('export'))).toBe(`export const backends: BackendFactory[] = [
  httpBackend(sources),
  sqlBackend(databases),
  fileBackend(folders),
  mcpBackend(upstreams),
  resourcesBackend(resources),
  promptsBackend(prompts),
];
`);
});

describe.skipIf(installed === undefined).each(TRANSPORTS)(
  'the workshop server over %s',
  (transport) => {
    it('makes one answer of an API, a database, a folder and another server, and says how far it is', async () => {
      const { client, close } = await connect(example, transport, await start(transport));
      try {
        const noted = await call(client, 'notes_create_entities', { entities: [SUPPLIER] });
        expect([noted.isError, noted.data]).toEqual([false, { entities: [SUPPLIER] }]);
        supplier.take();
        const said: unknown[] = [];
        const result = await client.callTool(
          { name: 'order_advice', arguments: DAY },
          { onprogress: ({ message }) => void said.push(message) },
        );
        expect(result.structuredContent).toEqual({ advice: ADVICE, remembered: [SUPPLIER] });
        // Clients may drop what arrives together with the result: at most what is said after the supplier was asked.
        expect(said.length).toBeGreaterThanOrEqual(5);
        expect(said.slice(0, 8)).toEqual(
          [
            'needed done',
            'fetch done',
            'parse done',
            'filter done',
            'sum done',
            'prices: 1 of 2',
            'prices: 2 of 2',
            'prices done',
          ].slice(0, said.length),
        );
        const asked = supplier.take();
        expect(asked.map((request) => request.path).sort()).toEqual([
          '/v4/parts/BR-210',
          '/v4/parts/TY-700',
        ]);
        expect(asked.map(({ headers }) => headers['x-customer-key'])).toEqual(['k3y', 'k3y']);
        const lines = ADVICE.order.map(({ sku, pieces }) => ({ sku, pieces }));
        expect((await call(client, 'placeOrder', { lines })).data).toEqual({
          number: 'O-1',
          cents: 7850,
        });
        expect(JSON.parse(supplier.take()[0]!.body)).toEqual({ lines });
        await expect(
          client.callTool({ name: 'sum_lines', arguments: { lines: [] } }),
        ).rejects.toThrow('Tool sum_lines not found');
      } finally {
        await close();
      }
    });

    it('has resources, a prompt and completion from the database', async () => {
      const { client, close } = await connect(
        example,
        transport,
        await start(`${transport}-offers`),
      );
      try {
        const surface = JSON.parse(
          await readFile(join(example.root, 'mcp.tools.json'), 'utf8'),
        ) as Record<string, object[]>;
        const { resources } = await client.listResources();
        const { resourceTemplates } = await client.listResourceTemplates();
        const { prompts } = await client.listPrompts();
        expect(resources.sort(byUri)).toEqual(surface['resources']);
        expect(resourceTemplates.sort(byUri)).toEqual(surface['resourceTemplates']);
        expect(prompts).toEqual(surface['prompts']);
        expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
          'db://stock/tables/{table}',
          'files://slips/{+path}',
          'workshop://parts/{sku}',
        ]);
        const overview = await readFile(join(example.root, 'TOOLS.md'), 'utf8');
        expect(overview).toContain('| `files://slips/{+path}` | A file of slips | `slips` |');
        const rules = await client.readResource({ uri: 'workshop://ordering' });
        expect((rules.contents[0] as { text: string }).text).toMatch(/^# How we order\n/);
        const part = await client.readResource({ uri: 'workshop://parts/TY-700' });
        expect(JSON.parse((part.contents[0] as { text: string }).text)).toEqual(TYRE);
        const { messages } = await client.getPrompt({ name: 'order', arguments: DAY });
        expect(messages.map(({ content }) => content)).toMatchObject([
          {
            text: 'Ask order_advice what we need until 2026-02-10, and show it to me as a table. Look at the brakes first. These are our rules:',
          },
          { resource: { uri: 'workshop://ordering' } },
          { text: 'When I agree, call placeOrder once with all lines.' },
        ]);
        for (const ref of [
          { type: 'ref/prompt', name: 'order' },
          { type: 'ref/resource', uri: 'workshop://parts/{sku}' },
        ] as const) {
          const name = ref.type === 'ref/prompt' ? 'first' : 'sku';
          const { completion } = await client.complete({ ref, argument: { name, value: 'b' } });
          expect(completion.values).toEqual(['BR-210']);
        }
      } finally {
        await close();
      }
    });

    it('answers without the wholesaler and without notes, and says what is missing', async () => {
      const env = await start(`${transport}-alone`);
      const alone = { ...env, SUPPLIER_URL: `${supplier.url}/gone`, PATH: '/nowhere' };
      const { client, close } = await connect(example, transport, alone);
      try {
        const { data, isError } = await call(client, 'order_advice', DAY);
        expect([isError, data]).toEqual([
          false,
          {
            advice: {
              order: ADVICE.order.map((line) => ({ ...line, cents: null })),
              cents: 0,
              unknown: ['BR-210', 'TY-700'],
            },
            notesError: expect.stringContaining('notes'),
          },
        ]);
      } finally {
        await close();
      }
    });

    it('says which step failed where nothing can stand in', async () => {
      const env = await start(`${transport}-wrong`);
      await writeFile(
        join(env['SLIPS_ROOT']!, 'march.csv'),
        'sku;pieces;state\nBR-210;four;sent\n',
      );
      const { client, close } = await connect(example, transport, env);
      try {
        const { text, isError } = await call(client, 'order_advice', DAY);
        expect([isError, text]).toEqual([
          true,
          'Step 3 of 8, parse (parse_slips), failed: march.csv, line 2, is not sku;pieces;state: BR-210;four;sent\n' +
            'Done before, and not undone: needed, fetch.\nNot run: filter, sum, prices, notes, advice.',
        ]);
        const all = await call(client, 'order_advice', { ...DAY, slips: '{january,february}.csv' });
        expect(all.data).toMatchObject({ advice: ADVICE });
      } finally {
        await close();
      }
    });

    it('ends at its one deadline when a source never answers', async () => {
      const silent = createServer(() => {}).listen(0, '127.0.0.1');
      await once(silent, 'listening');
      const { port } = silent.address() as AddressInfo;
      const env = {
        ...(await start(`${transport}-late`)),
        SUPPLIER_URL: `http://127.0.0.1:${port}`,
      };
      const hasty = await withDeadline(4_000);
      const { client, close } = await connect({ ...example, main: hasty }, transport, env);
      try {
        // On a busy machine the first may spend its time on starting and loading what the steps need.
        await call(client, 'order_advice', DAY);
        const { text, isError } = await call(client, 'order_advice', DAY);
        expect([isError, text]).toEqual([
          true,
          'Step 6 of 8, prices (quotePart), failed: the deadline of 4000 ms for all steps passed\n' +
            'Done before, and not undone: needed, fetch, parse, filter, sum.\nNot run: notes, advice.',
        ]);
      } finally {
        await close();
        silent.closeAllConnections();
        silent.close();
      }
    });
  },
);

function byUri(a: { uri?: string; uriTemplate?: string }, b: typeof a): number {
  return (a.uri ?? a.uriTemplate ?? '') < (b.uri ?? b.uriTemplate ?? '') ? -1 : 1;
}

/** The same server, whose steps have less time. */
async function withDeadline(ms: number): Promise<string> {
  const folder = join(example.root, 'hasty');
  await cp(join(example.root, 'dist'), folder, { recursive: true });
  const tools = join(folder, 'generated/tools');
  for (const name of await readdir(tools)) {
    const text = await readFile(join(tools, name), 'utf8');
    await writeFile(join(tools, name), text.replace('deadlineMs: 20000', `deadlineMs: ${ms}`));
  }
  return join(folder, 'main.js');
}
