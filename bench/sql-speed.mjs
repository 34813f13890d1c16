// What databases cost; nothing is asserted.
//   node bench/sql-speed.mjs [--address postgres://…] [--calls 1000] [--corpus folder] [--largest postgres/musicbrainz.sql]
// Needs `npm run build` before. Calls: list and get by key over stdio and HTTP, by 8 clients, beside the driver alone doing
// the same query and the protocol's SDK alone giving the same answers, in rounds of --calls that take turns once all are warm:
// on an empty PostgreSQL of yours at --address, in which a table `items` is made and dropped. Making: processor time and
// memory of the command for the largest schema. Tokens of the list in each profile.
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
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
import { byClients, takeTurns } from './support/take-turns.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const CLIENTS = 8;
/** Calls at the start, and until Node has compiled what a call runs through: it takes some thousand. */
const FIRST = 500;
const WARM_UP = 6000;
const ROUNDS = 7;
/** The call of a number: name and arguments of the tool. */
const CALLS = {
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
const PROFILES = ['typed', 'hybrid', 'generic'];
const SCHEMA = `CREATE TABLE items (id integer PRIMARY KEY, name text NOT NULL, kind integer NOT NULL,
  price numeric(10,2) NOT NULL, made timestamp NOT NULL);
CREATE INDEX ON items (kind, id);`;
const ROWS = `INSERT INTO items SELECT n, 'One of many ' || n, n % 10, n / 7.0, timestamp '2024-01-01' + n * interval '1 minute'
  FROM generate_series(0, 9999) AS n`;

const { values } = parseArgs({
  options: {
    address: { type: 'string' },
    calls: { type: 'string', default: '1000' },
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
    const results = {};
    const stdio = await startStdioServer(server);
    for (const [tool, args] of Object.values(CALLS).map((of) => of(1))) {
      results[tool] = await stdio.call(tool, args);
    }
    // The protocol alone: the same answers, known beforehand.
    const file = join(work, 'results.json');
    writeFileSync(file, JSON.stringify(results));
    const constant = { main: join(here, 'support/constant-server.mjs'), root, args: [file] };
    const servers = {
      stdio,
      'stdio alone': await startStdioServer(constant),
      HTTP: await startMeasuredServer(server),
      'HTTP alone': await startMeasuredServer(constant),
    };
    const bare = fork(join(here, 'support/bare-queries.mjs'), [address]);
    try {
      for (const tool of Object.keys(CALLS)) await measureTool(tool, servers, bare);
    } finally {
      bare.disconnect();
      for (const one of Object.values(servers)) await one.stop();
    }
  } finally {
    await client.query('DROP TABLE IF EXISTS items');
    await client.end();
  }
}

async function measureTool(tool, servers, bare) {
  const queries = async (count) => {
    bare.send({ tool, count });
    return (await once(bare, 'message'))[0];
  };
  const contenders = { driver: { run: queries, usage: () => queries(0) } };
  for (const [name, { call, usage }] of Object.entries(servers)) {
    const run = (count) => byClients(CLIENTS, count, (n) => call(...CALLS[tool](n)));
    contenders[name] = { run, usage };
  }
  const took = await takeTurns(contenders, {
    ...{ first: FIRST, warmUp: WARM_UP, rounds: ROUNDS, calls },
  });
  const rows = ['stdio', 'HTTP'].map((transport) => {
    const of = (kind) => [took.driver, took[transport], took[`${transport} alone`]].map(kind);
    const [driver, all, protocol] = of(({ cpu }) => cpu);
    return [
      `${tool}, ${transport}`,
      ...[driver, all, protocol, all - driver].map(ms),
      `${Math.round(took[transport].perSecond)}`,
      of(({ first }) => ms(first)).join(' / '),
    ];
  });
  const head = ['CPU per call', 'driver alone', 'tool', 'protocol alone', 'tool - driver'];
  console.log(table([[...head, 'calls/s', `first ${FIRST}: driver / tool / protocol`], ...rows]));
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
