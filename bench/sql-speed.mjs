// What databases cost; nothing is asserted.
//   node bench/sql-speed.mjs [--address postgres://…] [--calls 3000] [--corpus folder] [--largest postgres/musicbrainz.sql]
// Needs `npm run build` before. Calls: list and get by key over stdio and HTTP, by 8 clients, beside the driver alone doing
// the same query and the protocol's SDK alone giving the same answers: on an empty PostgreSQL of yours at --address, in which a table `items` is made and dropped. Making:
// processor time and memory of the command for the largest schema. Tokens of the list in each profile.
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { estimateTokens, toolList } from '../dist/index.js';
import { table } from './mock/table.mjs';
import { measureNode } from './support/measured.mjs';
import { measureColdStart, startMeasuredServer } from './support/measured-server.mjs';
import { scaffoldDatabase } from './support/scaffold-database.mjs';
import { startStdioServer } from './support/stdio-server.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const CLIENTS = 8;
const WARM_UP = 500;
const PROFILES = ['typed', 'hybrid', 'generic'];
const SCHEMA = `CREATE TABLE items (id integer PRIMARY KEY, name text NOT NULL, kind integer NOT NULL,
  price numeric(10,2) NOT NULL, made timestamp NOT NULL);
CREATE INDEX ON items (kind, id);`;
const ROWS = `INSERT INTO items SELECT n, 'One of many ' || n, n % 10, n / 7.0, timestamp '2024-01-01' + n * interval '1 minute'
  FROM generate_series(0, 9999) AS n`;

const { values } = parseArgs({
  options: {
    address: { type: 'string' },
    calls: { type: 'string', default: '3000' },
    corpus: { type: 'string', default: join(here, '../../shared/corpus/sql') },
    largest: { type: 'string', default: 'postgres/musicbrainz.sql' },
  },
});
const calls = Number(values.calls);
const work = mkdtempSync(join(tmpdir(), 'sql-speed-'));
try {
  if (values.address === undefined) console.log('no --address: calls are not measured\n');
  else await measureCalls(values.address);
  if (!existsSync(values.corpus)) console.log(`no corpus at ${values.corpus}: nothing is made`);
  else {
    await measureMaking(join(values.corpus, values.largest));
    await measureTokens();
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function measureCalls(address) {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    await client.query(`DROP TABLE IF EXISTS items; ${SCHEMA}`);
    await client.query(`${ROWS}; ANALYZE items`);
    const root = join(work, 'server');
    const schema = join(work, 'items.sql');
    writeFileSync(schema, SCHEMA);
    await scaffoldDatabase(schema, { dialect: 'postgres', profile: 'typed' }, root);
    symlinkSync(join(here, '../node_modules'), join(root, 'node_modules'));
    const built = spawnSync(join(here, '../node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json'], {
      cwd: root,
      encoding: 'utf8',
    });
    if (built.stdout) throw new Error(built.stdout);
    const server = { main: join(root, 'dist/main.js'), root };
    process.env.DATABASE_URL = address;
    const cold = await measureColdStart(server);
    console.log(
      `cold start: ${Math.round(cold.cpuMs)} ms of CPU, ${Math.round(cold.rssMb)} MB, ${cold.tools} tools\n`,
    );
    const bare = JSON.parse(
      spawnSync(
        process.execPath,
        [join(here, 'support/bare-queries.mjs'), address, String(calls)],
        {
          encoding: 'utf8',
        },
      ).stdout,
    );
    const results = {};
    const stdio = await callsOf(await startStdioServer(server), results);
    const http = await callsOf(await startMeasuredServer(server));
    // The protocol alone: the same answers, known beforehand.
    const file = join(work, 'results.json');
    writeFileSync(file, JSON.stringify(results));
    const constant = { main: join(here, 'support/constant-server.mjs'), root, args: [file] };
    const floor = {
      stdio: await callsOf(await startStdioServer(constant)),
      http: await callsOf(await startMeasuredServer(constant)),
    };
    const rows = ['list', 'get'].flatMap((tool) => {
      const cells = (by, alone) => [
        ms(by[tool].cpu),
        ms(alone[tool].cpu),
        ms(by[tool].cpu - alone[tool].cpu - bare[tool]),
        `${Math.round(by[tool].perSecond)}`,
      ];
      return [
        [`${tool}, stdio`, ms(bare[tool]), ...cells(stdio, floor.stdio)],
        [`${tool}, HTTP`, ms(bare[tool]), ...cells(http, floor.http)],
      ];
    });
    const head = ['CPU per call', 'driver alone', 'tool', 'protocol alone', 'the rest', 'calls/s'];
    console.log(table([head, ...rows]));
  } finally {
    await client.query('DROP TABLE IF EXISTS items');
    await client.end();
  }
}

/** CPU time of the server and calls per second, by tool; keeps a result of each tool in `results`. */
async function callsOf(server, results = {}) {
  const given = {
    list: (n) => [
      'list_items',
      {
        fields: ['id', 'name', 'price', 'made'],
        where: [{ column: 'kind', operator: '=', value: n % 10 }],
        limit: 20,
      },
    ],
    get: (n) => ['get_items', { key: { id: n % 10_000 } }],
  };
  const result = {};
  for (const [name, argumentsOf] of Object.entries(given)) {
    const run = async (count) => {
      let next = 0;
      const client = async () => {
        for (; next < count;) await server.call(...argumentsOf((next += 1)));
      };
      await Promise.all(Array.from({ length: CLIENTS }, client));
    };
    const [tool, args] = argumentsOf(1);
    results[tool] = await server.call(tool, args);
    await run(WARM_UP);
    const before = await server.usage();
    const started = performance.now();
    await run(calls);
    const seconds = (performance.now() - started) / 1000;
    const after = await server.usage();
    result[name] = { cpu: (after.cpuMs - before.cpuMs) / calls, perSecond: calls / seconds };
  }
  await server.stop();
  return result;
}

async function measureMaking(schema) {
  const argv = [join(here, '../bin/create-mcp-server.js'), schema, join(work, 'largest'), '--yes'];
  const { cpuMs, peakMb, wallMs } = await measureNode(argv, { cwd: work });
  const text = `${(cpuMs / 1000).toFixed(1)} s of CPU, ${Math.round(peakMb)} MB, ${(wallMs / 1000).toFixed(1)} s`;
  console.log(`\nmaking the server of ${schema}: ${text}\n`);
}

async function measureTokens() {
  const files = [
    'sqlite/chinook.sql',
    'mysql/sakila.sql',
    'postgres/northwind.sql',
    'postgres/zabbix.sql',
  ];
  const rows = [];
  for (const file of files.filter((name) => existsSync(join(values.corpus, name)))) {
    const cells = [];
    for (const profile of PROFILES) {
      const { blueprint } = await scaffoldDatabase(join(values.corpus, file), {
        dialect: file.split('/')[0],
        profile,
      });
      const tokens = estimateTokens(JSON.stringify(toolList(blueprint)));
      cells.push(`${blueprint.tools.length} tools, ${tokens.toLocaleString('en')} tokens`);
    }
    rows.push([file, ...cells]);
  }
  console.log(table([['schema', ...PROFILES], ...rows]));
}

function ms(value) {
  return `${value.toFixed(3)} ms`;
}
