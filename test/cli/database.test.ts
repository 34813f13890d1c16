import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findPostgres, startPostgres } from '../sql/support/postgres-server.js';
import type { DatabaseServer } from '../sql/support/database-server.js';
import { cli, jsonOf, temporaryFolder } from './support.js';

const SHOP = `
CREATE TABLE customer (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, password_hash TEXT);
CREATE TABLE purchase (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  total NUMERIC(10, 2) NOT NULL CHECK (total >= 0)
);
`;

let dir: string;
let remove: () => void;
beforeEach(() => {
  ({ dir, remove } = temporaryFolder());
});
afterEach(() => remove());

const FLAGS = ['--yes', '--no-install'];
const read = (path: string) => readFileSync(join(dir, path), 'utf8');

describe('a schema in a file', () => {
  beforeEach(() => writeFileSync(join(dir, 'shop.sql'), SHOP));

  it('becomes a read-only server', async () => {
    const { code, out } = await cli(dir, ['shop.sql', 'out', ...FLAGS, '--dialect', 'sqlite']);
    expect(code).toBe(0);
    expect(out).toContain('out holds an MCP server with 8 tools');
    expect(read('out/specs/shop.sql')).toBe(SHOP);
    expect(read('out/mcp.yaml')).toContain(
      'sources:\n  shop:\n    sql: specs/shop.sql\n    dialect: sqlite\n',
    );
    const { tools } = JSON.parse(read('out/mcp.tools.json')) as { tools: { name: string }[] };
    expect(tools.map(({ name }) => name)).toEqual([
      'aggregate_rows',
      'describe_tables',
      'get_customer',
      'get_purchase',
      'list_customer',
      'list_purchase',
      'related_rows',
      'search_rows',
    ]);
    expect((await cli(dir, ['check', 'out'])).code).toBe(0);
  });

  it('is only parsed where that is wanted, now and when it is read again', async () => {
    const sql = "CREATE TABLE item (id serial PRIMARY KEY);\nDO $$ BEGIN EXECUTE 'x'; END $$;\n";
    writeFileSync(join(dir, 'fast.sql'), sql);
    const flags = [...FLAGS, '--dialect', 'postgres', '--reader', 'fast'];
    const { code, out } = await cli(dir, ['fast.sql', 'out', ...flags]);
    expect(code).toBe(0);
    expect(out).toContain('findings in the schema: 1 warning');
    expect(read('out/mcp.yaml')).toContain('    dialect: postgres\n    reader: fast\n');
    expect((await cli(dir, ['check', 'out'])).code).toBe(0);
  });

  it('gives its role a name that PostgreSQL lets roles have', async () => {
    writeFileSync(join(dir, 'pg-dump.sql'), 'CREATE TABLE item (id serial PRIMARY KEY);');
    await cli(dir, ['pg-dump.sql', 'out', ...FLAGS, '--dialect', 'postgres']);
    const grants = read('out/grants/pg-dump.sql');
    expect(grants).toContain('CREATE ROLE "mcp_pg_dump" LOGIN NOSUPERUSER');
    expect(grants).toContain('GRANT SELECT ON "public"."item" TO "mcp_pg_dump";');
  });

  it('is told of where the dialect that was given loses what another one reads', async () => {
    writeFileSync(
      join(dir, 'other.sql'),
      'CREATE TABLE a (id int NOT NULL AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB; CREATE TABLE b (id int);',
    );
    const outcome = await cli(dir, ['inspect', 'other.sql', '--dialect', 'sqlite', '--json']);
    const { findings } = jsonOf('inspect', outcome);
    expect(findings.filter(({ code }: { code: string }) => code === 'MCP828')).toMatchObject([
      {
        message: 'other.sql was read as sqlite, but looks like mysql: ENGINE =, AUTO_INCREMENT',
        fix: 'if it is, take --dialect mysql, or dialect: mysql in mcp.yaml',
      },
    ]);
    const made = await cli(dir, ['other.sql', 'out', ...FLAGS, '--dialect', 'sqlite']);
    expect(made.out + made.err).toContain('MCP828  other.sql was read as sqlite, but looks like');
  });

  it.each([
    ['nothing', ''],
    ['rows alone', 'INSERT INTO a VALUES (1);'],
  ])('is refused where %s stands in it', async (_, text) => {
    writeFileSync(join(dir, 'empty.sql'), text);
    const { code, err } = await cli(dir, ['empty.sql', 'out', ...FLAGS]);
    expect(code).toBe(2);
    expect(err).toContain('MCP802  empty.sql holds no table and no view');
    expect(readdirSync(dir).sort()).toEqual(['empty.sql', 'shop.sql']);
  });

  it('is shown with the schemas and unique keys of its tables', async () => {
    const text = `CREATE SCHEMA audit; CREATE TABLE audit.entry (what text);
CREATE TABLE person (id serial PRIMARY KEY, email text NOT NULL UNIQUE);`;
    writeFileSync(join(dir, 'two.sql'), text);
    const { out } = await cli(dir, ['inspect', 'two.sql']);
    expect(out).toContain('\n  entry (in audit, 1 column, no key)\n');
    expect(out).toContain('\n  person (in public, 2 columns, key id, unique email)\n');
  });

  it('has one reader alone where it is not of PostgreSQL', async () => {
    const flags = ['--dialect', 'sqlite', '--reader', 'fast', '--json'];
    const { findings } = jsonOf('inspect', await cli(dir, ['inspect', 'shop.sql', ...flags]));
    expect(findings.filter(({ code }: { code: string }) => code === 'MCP817')).toMatchObject([
      {
        severity: 'warning',
        message: 'shop.sql has only one reader: `reader: fast` changes nothing',
      },
    ]);
  });

  it('is shown with its tables and what each profile costs', async () => {
    const outcome = await cli(dir, ['inspect', 'shop.sql', '--json', '--dialect', 'sqlite']);
    const [database] = jsonOf('inspect', outcome).databases;
    expect(database.profile).toBe('typed');
    expect(Object.keys(database.costs)).toEqual(['typed', 'hybrid', 'generic']);
    expect(database.tables[0]).toEqual({
      ...{ name: 'customer', view: false, columns: 3, masked: ['password_hash'] },
      ...{ key: ['id'], uniques: [['email']], writes: [] },
      relations: [{ name: 'purchase', table: 'purchase', columns: ['id'], many: true }],
    });
  });

  it('changes the tools when it changes, each change with its class', async () => {
    await cli(dir, ['shop.sql', 'out', ...FLAGS, '--dialect', 'sqlite']);
    const next = SHOP.replace('total NUMERIC', 'note TEXT,\n  total NUMERIC').replace(
      'email TEXT NOT NULL UNIQUE, ',
      '',
    );
    writeFileSync(join(dir, 'next.sql'), next);
    const { code, out } = await cli(dir, ['regenerate', 'out', '--source', 'next.sql']);
    expect(code).toBe(0);
    expect(out).toMatch(/breaking .*list_customer: .*email/);
    expect(out).toMatch(/safe .*list_purchase: .*note/);
    expect(read('out/specs/shop.sql')).toBe(next);
    expect((await cli(dir, ['check', 'out'])).code).toBe(0);
  });

  it('is named from the working directory where changes come from', async () => {
    await cli(dir, ['shop.sql', 'out', ...FLAGS, '--dialect', 'sqlite']);
    writeFileSync(
      join(dir, 'out/specs/shop.sql'),
      `${SHOP}CREATE TABLE gift (id INTEGER PRIMARY KEY);`,
    );
    const { out } = await cli(dir, ['diff', 'out']);
    expect(out).toMatch(
      /^safe +out\/specs\/shop\.sql\S* {2}aggregate_rows: argument "table" allows/m,
    );
    expect(out).toContain('safe      out/specs/shop.sql:8:1  get_gift: was added');
  });

  it('says that packages have to be installed when the project needs others than before', async () => {
    writeFileSync(join(dir, 'pg.sql'), 'CREATE TABLE item (id serial PRIMARY KEY);');
    await cli(dir, ['pg.sql', 'out', ...FLAGS, '--dialect', 'postgres']);
    const yaml = read('out/mcp.yaml');
    writeFileSync(
      join(dir, 'out/mcp.yaml'),
      yaml.replace('dialect: postgres\n', 'dialect: postgres\n    query: true\n'),
    );
    const { out } = await cli(dir, ['regenerate', 'out']);
    expect(out).toMatch(/\n\nnext\n {2}cd out && npm install\n$/);
    expect((await cli(dir, ['regenerate', 'out'])).out).toBe('in step\n');
  });

  it('may be a folder of migrations, which keep their places and their order', async () => {
    mkdirSync(join(dir, 'migrations'));
    writeFileSync(join(dir, 'migrations/2_add.sql'), 'ALTER TABLE purchase ADD COLUMN note TEXT;');
    writeFileSync(join(dir, 'migrations/1_first.sql'), SHOP);
    writeFileSync(join(dir, 'migrations/2_add.down.sql'), 'DROP TABLE purchase;');
    const { code } = await cli(dir, ['migrations', 'out', ...FLAGS, '--dialect', 'sqlite']);
    expect(code).toBe(0);
    expect(readdirSync(join(dir, 'out/specs/migrations')).sort()).toEqual([
      '1_first.sql',
      '2_add.sql',
    ]);
    expect(read('out/mcp.tools.json')).toContain('"note"');
    expect((await cli(dir, ['check', 'out', '--full'])).code).toBe(0);
  });

  it('may be a folder above the one with the migrations', async () => {
    mkdirSync(join(dir, 'orm/migrations/1_first'), { recursive: true });
    writeFileSync(join(dir, 'orm/migrations/1_first/migration.sql'), SHOP);
    const { code } = await cli(dir, ['orm', 'out', ...FLAGS, '--dialect', 'sqlite']);
    expect(code).toBe(0);
    expect(read('out/specs/orm/migrations/1_first/migration.sql')).toBe(SHOP);
  });

  it('is asked again by the variable of the file in which its address lies', async () => {
    await cli(dir, ['shop.sql', 'out', ...FLAGS, '--dialect', 'sqlite']);
    const live = '    live: true\n    database: ${file:/run/secrets/shop-db.txt}\n';
    const manifest = read('out/mcp.yaml').replace('    dialect: sqlite\n', (line) => line + live);
    writeFileSync(join(dir, 'out/mcp.yaml'), manifest);
    await cli(dir, ['regenerate', 'out']);
    const { code, err } = await cli(dir, ['check', 'out', '--refresh']);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining(
        'error  MCP849  the database of shop cannot be asked: SHOP_DB is not set\n',
      ),
    ]);
  });

  it('is refused where nothing is left of it, with nothing written', async () => {
    const { code, err } = await cli(dir, ['shop.sql', 'out', ...FLAGS, '--exclude', '*']);
    expect(code).toBe(2);
    expect(err).toContain('MCP848');
    expect(readdirSync(dir)).toEqual(['shop.sql']);
  });
});

describe('a database in a file', () => {
  const change = (text: string): void => {
    const database = new sqlite.Database(join(dir, 'shop.db'));
    database.exec(text);
    database.close();
  };

  it('has tables for places, and a default of its address is asked too', async () => {
    change(`${SHOP}CREATE TABLE log (note TEXT);`);
    const made = await cli(dir, [join(dir, 'shop.db'), 'out', ...FLAGS]);
    expect([made.code, made.err]).toEqual([0, '']);
    expect(made.out).toContain('findings in the schema: 1 warning');
    const { out } = await cli(dir, ['inspect', join(dir, 'shop.db')]);
    expect(out).toContain(`sqlite:${join(dir, 'shop.db')} log  warning  MCP840  log has no key`);
    const address = `    database: \${DB:-sqlite:${join(dir, 'shop.db')}}\n`;
    writeFileSync(
      join(dir, 'out/mcp.yaml'),
      read('out/mcp.yaml').replace(/ {4}database: .*\n/, () => address),
    );
    await cli(dir, ['regenerate', 'out']);
    const same = await cli(dir, ['check', 'out', '--refresh']);
    expect([same.code, same.err]).toEqual([0, '']);
    change('ALTER TABLE purchase ADD COLUMN note TEXT; CREATE TABLE gift (id INTEGER PRIMARY KEY)');
    const drifted = await cli(dir, ['check', 'out', '--refresh']);
    expect([drifted.code, drifted.out]).toEqual([1, expect.stringContaining('MCP528')]);
    const taken = await cli(dir, [
      'regenerate',
      'out',
      '--source',
      join(dir, 'shop.db'),
      '--dry-run',
    ]);
    expect(taken.out).toMatch(/safe +sqlite:\S*shop\.db purchase  list_purchase: .*note/);
    expect(taken.out).not.toContain('shop.db:1');
  });
});

const bin = findPostgres();
if (bin === undefined) console.warn('live PostgreSQL: left out, there is no server here');

describe.skipIf(bin === undefined)('a live PostgreSQL', () => {
  let server: DatabaseServer;
  let client: pg.Client;
  beforeAll(async () => {
    server = await startPostgres();
    client = new pg.Client({ connectionString: server.url() });
    await client.connect();
    await client.query(SHOP);
  }, 60_000);
  afterAll(async () => {
    await client.end();
    await server.stop();
  });

  it('is read without a word of its password, and asked again by check --refresh', async () => {
    const address = server.url();
    const secret = new URL(address).password;
    const made = await cli(dir, [address, 'out', ...FLAGS]);
    expect(made.code).toBe(0);
    expect(made.out + made.err).not.toContain(secret);
    for (const file of filesBelow(join(dir, 'out'))) {
      expect(readFileSync(file, 'utf8')).not.toContain(secret);
    }
    expect(read('out/mcp.yaml')).toMatch(
      /sql: specs\/[a-z-]+\.json\n {4}dialect: postgres\n {4}live: true/,
    );
    expect((await cli(dir, ['check', 'out'])).code).toBe(0);

    const unset = await cli(dir, ['check', 'out', '--refresh']);
    expect([unset.code, unset.err]).toEqual([
      2,
      expect.stringContaining('DATABASE_URL is not set'),
    ]);
    const env = { DATABASE_URL: address };
    expect((await cli(dir, ['check', 'out', '--refresh'], { env })).code).toBe(0);
    await client.query('ALTER TABLE purchase ADD COLUMN note text');
    const drifted = await cli(dir, ['check', 'out', '--refresh'], { env });
    expect([drifted.code, drifted.out]).toEqual([1, expect.stringContaining('MCP528')]);
    expect(drifted.out + drifted.err).not.toContain(secret);

    const taken = await cli(dir, ['regenerate', 'out', '--source', address]);
    expect([taken.code, taken.out]).toEqual([0, expect.stringMatching(/safe .*note/)]);
    expect((await cli(dir, ['check', 'out', '--refresh'], { env })).code).toBe(0);
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => statSync(file).isFile());
}
