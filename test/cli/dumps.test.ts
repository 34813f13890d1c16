import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, linesOf, temporaryFolder } from './support.js';

let dir: string;
let remove: () => void;
beforeEach(() => {
  ({ dir, remove } = temporaryFolder());
});
afterEach(() => remove());

const FLAGS = ['--yes', '--no-install'];
const read = (path: string) => readFileSync(join(dir, path), 'utf8');
const write = (path: string, text: string | Buffer) => writeFileSync(join(dir, path), text);

/** What mysqldump writes of one table, with these rows in it. */
function dump(rows: string[], next: number, day: string): string {
  const inserts = rows.map((row) => `INSERT INTO \`member\` VALUES ${row};\n`).join('');
  return `-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)

DROP TABLE IF EXISTS \`member\`;
CREATE TABLE \`member\` (
  \`id\` int NOT NULL AUTO_INCREMENT,
  \`email\` varchar(100) NOT NULL,
  PRIMARY KEY (\`id\`)
) ENGINE=InnoDB AUTO_INCREMENT=${next} DEFAULT CHARSET=utf8mb4;

--
-- Dumping data for table \`member\`
--

LOCK TABLES \`member\` WRITE;
/*!40000 ALTER TABLE \`member\` DISABLE KEYS */;
${inserts}/*!40000 ALTER TABLE \`member\` ENABLE KEYS */;
UNLOCK TABLES;

-- Dump completed on ${day} 10:00:00
`;
}

const ROWS = ["(1,'ann@example.org'),(2,'it\\'s@example.org')", "(3,'bob@example.org')"];
const TOLD = 'shop.sql: 3 rows of 1 table left out: member 3';

describe('a dump with rows', () => {
  beforeEach(() => write('shop.sql', dump(ROWS, 4, '2024-05-01')));

  it('is kept without them, and says so', async () => {
    const { code, out } = await cli(dir, ['shop.sql', 'out', ...FLAGS, '--json']);
    expect(code).toBe(0);
    const { findings } = JSON.parse(out) as { findings: { code: string; message: string }[] };
    expect(findings.map((one) => [one.code, one.message])).toContainEqual(['MCP820', TOLD]);
    const pinned = read('out/specs/shop.sql');
    expect(pinned).not.toContain('example.org');
    expect(pinned).toContain('-- Dumping data for table `member`\n--\n\n/*!40000 ALTER');
    expect((await cli(dir, ['check', 'out', '--full'])).code).toBe(0);
  });

  it('changes nothing where its schema is the same', async () => {
    await cli(dir, ['shop.sql', 'out', ...FLAGS]);
    const before = [read('out/specs/shop.sql'), read('out/mcp.lock.json')];
    for (const rows of [["(9,'zoe@example.org')"], []]) {
      write('shop.sql', dump(rows, 10, '2025-01-31'));
      const again = await cli(dir, ['regenerate', 'out', '--source', 'shop.sql']);
      expect([again.code, linesOf(again)[0]]).toEqual([0, 'in step']);
      expect([read('out/specs/shop.sql'), read('out/mcp.lock.json')]).toEqual(before);
    }
  });

  it('that was kept with them before loses them when it is generated again', async () => {
    await cli(dir, ['shop.sql', 'out', ...FLAGS]);
    const without = read('out/specs/shop.sql');
    write('out/specs/shop.sql', dump(ROWS, 4, '2024-05-01'));
    const check = await cli(dir, ['check', 'out', '--full', '--json']);
    expect([check.code, check.out.includes('specs/shop.sql')]).toEqual([1, true]);
    const again = await cli(dir, ['regenerate', 'out', '--json']);
    expect(again.code).toBe(0);
    expect(again.out).toContain('specs/shop.sql: 3 rows of 1 table left out: member 3');
    expect(read('out/specs/shop.sql')).toBe(without);
    expect((await cli(dir, ['check', 'out', '--full'])).code).toBe(0);
  });

  it('has its messages where things stand in the dump', async () => {
    const lost = 'CREATE TABLE broken (id int, PRIMARY KEY (missing;\n';
    write('shop.sql', dump(ROWS, 4, '2024-05-01') + lost);
    const { out } = await cli(dir, ['inspect', 'shop.sql', '--json']);
    const line = dump(ROWS, 4, '2024-05-01').split('\n').length;
    expect(out).toContain(`"line": ${line}`);
  });
});

describe('a dump that is too large to be read whole', () => {
  const many = Array.from({ length: 300 }, (_, id) => `(${id},'${'x'.repeat(30_000)}')`);

  it('is read as it streams by, from a file, gzip, UTF-16 and standard input', async () => {
    const large = dump(many, 301, '2024-05-01');
    const small = dump(ROWS, 4, '2024-05-01');
    write('shop.sql', small);
    await cli(dir, ['shop.sql', 'out', ...FLAGS]);
    const forms: [string, Buffer][] = [
      ['large.sql', Buffer.from(large)],
      ['large.sql.gz', gzipSync(large)],
      ['wide.sql', Buffer.from(`\ufeff${large}`, 'utf16le')],
    ];
    for (const [name, bytes] of forms) {
      write(name, bytes);
      const again = await cli(dir, ['regenerate', 'out', '--source', name, '--json']);
      expect(again.out).toContain(`${name}: 300 rows of 1 table left out: member 300`);
    }
    expect(read('out/specs/shop.sql')).not.toContain('xxx');
    const piped = await cli(dir, ['inspect', '-', '--json'], { stdin: large });
    expect(piped.out).toContain('300 rows of 1 table left out');
  }, 60_000);

  it('has to be whole', async () => {
    const large = dump(many, 301, '2024-05-01');
    write('cut.sql', large.slice(0, large.lastIndexOf("')")));
    const { code, err } = await cli(dir, ['cut.sql', 'out', ...FLAGS]);
    expect(code).toBe(2);
    expect(err).toContain('MCP825');
    expect(err).toContain('cut.sql: a quoted piece never ends');
  });
});

it('a folder that pg_dump wrote is refused with the command that makes a schema of it', async () => {
  mkdirSync(join(dir, 'dumped'));
  write('dumped/toc.dat', 'PGDMP');
  const { code, err } = await cli(dir, ['dumped', 'out', ...FLAGS]);
  expect(code).toBe(2);
  expect(err).toContain("dumped is a dump in pg_dump's directory format");
  expect(err).toContain('pg_restore --schema-only -f schema.sql dumped');
});
