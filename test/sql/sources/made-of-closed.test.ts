import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlEntry } from '../../../src/sources/manifest/sql-source.js';
import { exposeDatabase } from '../../../src/sources/sql/expose/expose.js';
import type { DatabaseModel } from '../../../src/sources/sql/model.js';
import { readMysql } from '../../../src/sources/sql/mysql/read-mysql.js';
import { readSnapshot, writeSnapshot } from '../../../src/sources/sql/snapshot.js';
import { readSqlite } from '../../../src/sources/sql/sqlite/read-sqlite.js';
import { read, readFast } from '../support/postgres-reading.js';

const FILE = 'x.sql';
const readMy = (text: string) => readMysql([{ path: FILE, text }]).model;
const readLite = async (text: string) => (await readSqlite([{ path: FILE, text }])).model;
const POSTGRES = [
  ['PostgreSQL', async (text: string) => (await read(text)).model],
  ['PostgreSQL, fast', async (text: string) => (await readFast(text)).model],
] as const;
const ALL = [
  ...POSTGRES,
  ['MySQL', async (text: string) => readMy(text)],
  ['SQLite', readLite],
] as const;

/** The columns of a table that callers see, and what is told of those that are made of others. */
function shown(model: DatabaseModel, columns: SqlEntry['columns'] = {}, table = 'users') {
  const { database, findings } = exposeDatabase('shop', model, { sql: FILE, columns });
  return {
    columns: Object.entries(database.tables[table]!.columns).map(([name, { masked }]) =>
      masked ? `${name} masked` : name,
    ),
    told: findings.filter(({ code }) => code === 'MCP853').map(({ message }) => message),
  };
}

const madeOf = (model: DatabaseModel, table = 'users') =>
  Object.fromEntries(
    model.tables
      .find(({ name }) => name === table)!
      .columns.flatMap(({ name, madeOf: sources }) => (sources ? [[name, sources]] : [])),
  );

const SCRIPT = `CREATE TABLE users (id INT PRIMARY KEY, email VARCHAR(60), city VARCHAR(60),
  mail VARCHAR(60) GENERATED ALWAYS AS (lower(email)) STORED, place VARCHAR(60) GENERATED ALWAYS AS (upper(city)) STORED,
  both_of VARCHAR(200) GENERATED ALWAYS AS (CASE WHEN city = 'email' THEN city ELSE coalesce(email, '') END) STORED);
  CREATE VIEW people AS SELECT mail AS m, place AS p FROM users;`;

describe.each(ALL)('generated columns: %s', (_, readModel) => {
  let model: DatabaseModel;
  beforeAll(async () => {
    model = await readModel(SCRIPT);
  });

  it('are made of the columns that their expressions name', () => {
    expect(madeOf(model)).toEqual({
      mail: ['email'],
      place: ['city'],
      both_of: ['email', 'city'],
    });
  });

  it('are masked and hidden with them, and say why', () => {
    const masked = shown(model, { 'users.email': 'masked' });
    expect(masked.columns).toEqual([
      ...['id', 'email masked', 'city', 'mail masked', 'place', 'both_of masked'],
    ]);
    expect(masked.told).toEqual([
      'users.mail is made of email, which is masked: it is masked as well',
      'users.both_of is made of email, which is masked: it is masked as well',
    ]);
    const hidden = shown(model, { 'users.email': 'masked', 'users.city': 'hidden' });
    expect(hidden.columns).toEqual(['id', 'email masked', 'mail masked']);
    expect(shown(model, { 'users.email': 'masked' }, 'people').columns).toEqual(['m masked', 'p']);
  });

  it('are what mcp.yaml says of them by name, not by a pattern', () => {
    const named = shown(model, { 'users.email': 'hidden', 'users.mail': 'shown' });
    expect(named.columns).toEqual(['id', 'city', 'mail', 'place']);
    const pattern = shown(model, { 'users.email': 'masked', '*.ma*': 'shown' });
    expect(pattern.columns).toContain('mail masked');
  });
});

describe('chains of generated columns', () => {
  const CHAIN = `CREATE TABLE users (id INT PRIMARY KEY, password VARCHAR(60),
    one VARCHAR(60) AS (lower(password)) VIRTUAL, two VARCHAR(60) AS (concat('x', one)) VIRTUAL,
    three INT AS (length(two)) STORED);`;
  const SQLITE_CHAIN = CHAIN.replace("concat('x', one)", '"x" || [one]').replace(
    'three INT',
    'three INT GENERATED ALWAYS',
  );

  it.each([
    ['MySQL', async () => readMy(CHAIN)],
    ['SQLite', () => readLite(SQLITE_CHAIN)],
  ])('are followed to their end: %s', async (_, readModel) => {
    const model = await readModel();
    expect(shown(model).columns).toEqual([
      ...['id', 'password masked', 'one masked', 'two masked', 'three masked'],
    ]);
    expect(shown(model).told.at(-1)).toBe(
      'users.three is made of two, which is masked: it is masked as well',
    );
    // What is shown on purpose tells no more by what is made of it.
    expect(shown(model, { 'users.one': 'shown' }).columns).toEqual([
      ...['id', 'password masked', 'one', 'two', 'three'],
    ]);
  });

  it('that are over themselves end', () => {
    const model = readMy(CHAIN);
    const columns = model.tables[0]!.columns;
    columns.find(({ name }) => name === 'one')!.madeOf!.push('three', 'one');
    expect(shown(model, { 'users.password': 'shown', 'users.two': 'hidden' }).columns).toEqual([
      ...['id', 'password'],
    ]);
  });
});

it('defaults of MySQL that are expressions over columns are followed, texts are not', () => {
  const model = readMy(`CREATE TABLE users (id INT PRIMARY KEY, email VARCHAR(60),
    copy VARCHAR(60) DEFAULT (upper(\`email\`)), plain VARCHAR(60) DEFAULT "email", called CHAR(36) DEFAULT (uuid()),
    later VARCHAR(60), uuid VARCHAR(60));
    ALTER TABLE users ALTER later SET DEFAULT (email);`);
  expect(madeOf(model)).toEqual({ copy: ['email'], later: ['email'] });
  const { columns } = shown(model, { 'users.email': 'masked', 'users.uuid': 'masked' });
  expect(columns).toEqual([
    ...['id', 'email masked', 'copy masked', 'plain', 'called', 'later masked', 'uuid masked'],
  ]);
});

it('renamed columns keep what they are made of', async () => {
  const rename = 'ALTER TABLE users RENAME COLUMN email TO address;';
  const expected = { mail: ['address'], place: ['city'], both_of: ['address', 'city'] };
  for (const [, readModel] of ALL) {
    const script = SCRIPT.replace(/CREATE VIEW[^]*/, '');
    expect(madeOf(await readModel(script + rename))).toEqual(expected);
  }
  for (const [, readModel] of POSTGRES) {
    const like = `${SCRIPT} CREATE TABLE copies (LIKE users INCLUDING ALL); ${rename}`;
    const model = await readModel(like);
    expect(madeOf(model)).toEqual(expected);
    expect(madeOf(model, 'copies')).toMatchObject({ mail: ['email'] });
  }
});

it('a new expression of a generated column of PostgreSQL takes the place of the old one', async () => {
  const text = `${SCRIPT} ALTER TABLE users ALTER COLUMN place SET EXPRESSION AS (email || 'x');`;
  for (const [, readModel] of POSTGRES) {
    expect(madeOf(await readModel(text))).toMatchObject({ place: ['email'] });
  }
});

describe('snapshots', () => {
  it('keep what generated columns are made of', () => {
    const model = readMy(SCRIPT);
    expect(madeOf(readSnapshot(writeSnapshot(model), 'users.schema.json'))).toEqual(madeOf(model));
  });

  it('that do not tell it close every generated column beside a closed one', () => {
    const model = readMy(SCRIPT);
    for (const table of model.tables) for (const column of table.columns) delete column.madeOf;
    const old = readSnapshot(writeSnapshot(model), 'users.schema.json');
    const { columns, told } = shown(old, { 'users.email': 'masked' });
    expect(columns).toEqual([
      ...['id', 'email masked', 'city', 'mail masked', 'place masked', 'both_of masked'],
    ]);
    expect(told[1]).toBe(
      'users.place may be made of email, which is masked, by an expression that is not known: it is masked as well',
    );
    expect(shown(old).told).toEqual([]);
  });
});
