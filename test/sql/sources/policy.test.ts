import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/diagnostics/diagnostic.js';
import type { SqlEntry } from '../../../src/sources/manifest/sql-source.js';
import { exposeDatabase } from '../../../src/sources/sql/expose/expose.js';
import type { ColumnModel, DatabaseModel, TableModel } from '../../../src/sources/sql/model.js';
import { readMysql } from '../../../src/sources/sql/mysql/read-mysql.js';
import { readPostgres } from '../../../src/sources/sql/postgres/read-postgres.js';
import { readSqlite } from '../../../src/sources/sql/sqlite/read-sqlite.js';

const column = (name: string): ColumnModel => ({
  name,
  type: { kind: 'text', sql: 'text' },
  nullable: true,
});

function table(name: string, columns: string[], kind: TableModel['kind'] = 'table'): TableModel {
  return {
    ...{ name, kind, columns: ['id', ...columns].map(column), uniques: [], foreignKeys: [] },
    ...{ checks: [], indexes: [], primaryKey: ['id'], origin: { file: 'x.sql', path: [] } },
  };
}

const expose = (tables: TableModel[], entry: Partial<SqlEntry> = {}) => {
  const model: DatabaseModel = { dialect: 'sqlite', tables, enums: [], domains: [], functions: [] };
  return exposeDatabase('shop', model, { sql: 'x.sql', ...entry });
};

describe('columns that look like secrets', () => {
  it.each([
    ...[
      'password',
      'password_hash',
      'passwordDigest',
      'api_key',
      'apiKey',
      'secret',
      'client_secret',
    ],
    ...['token', 'api_token', 'bot_token', 'access_token', 'token_hash', 'salt', 'ssn', 'pin'],
    ...['credit_card', 'card_number', 'cvv', 'otp'],
  ])('%s is masked', (name) => {
    expect(expose([table('users', [name])]).database.tables['users']?.columns[name]?.masked).toBe(
      true,
    );
  });

  it.each(['name', 'email', 'tokens_used', 'pinned', 'secretary', 'assault', 'spin', 'tokenizer'])(
    '%s is not',
    (name) => {
      const { database } = expose([table('users', [name])]);
      expect(database.tables['users']?.columns[name]?.masked).toBeUndefined();
    },
  );

  it('may be shown, hidden, or known by a pattern', () => {
    const { database } = expose([table('users', ['token', 'email', 'inner_note'])], {
      columns: { 'users.token': 'shown', email: 'masked', '*.inner_*': 'hidden' },
    });
    expect(Object.entries(database.tables['users']!.columns)).toMatchObject([
      ['id', {}],
      ['token', { kind: 'text' }],
      ['email', { masked: true }],
    ]);
    expect(database.tables['users']!.columns['token']?.masked).toBeUndefined();
  });
});

describe('what mcp.yaml names and the database has not', () => {
  const thrown = (entry: Partial<SqlEntry>) => {
    try {
      expose([table('customers', ['email'])], entry);
    } catch (error) {
      return (error as InputError).diagnostics.map(({ code, fix }) => [code, fix]);
    }
    return undefined;
  };

  it('is an error where a column would be shown that was to be masked', () => {
    expect(thrown({ columns: { 'customers.emial': 'masked' } })).toEqual([
      ['MCP851', 'did you mean "customers.email"?'],
    ]);
    expect(thrown({ columns: { '*.emial*': 'masked' } })).toBeUndefined();
  });

  it('is a warning where less is shown or allowed than was meant', () => {
    const { findings } = expose([table('customers', ['email'])], {
      ...{ access: { custmers: 'read-write' as const }, typed: ['custmers'] },
      columns: { '*.emial*': 'masked' },
    });
    expect(
      findings
        .filter(({ code }) => code === 'MCP843')
        .map(({ message }) => message)
        .sort(),
    ).toEqual([
      'access "custmers" matches nothing in the database',
      'columns "*.emial*" matches nothing in the database',
      'typed "custmers" matches nothing in the database',
    ]);
  });

  it('a view beside masked columns is told of, because it may show them under another name', () => {
    const tables = [table('users', ['password']), table('people', ['p'], 'view')];
    expect(expose(tables).findings.map(({ code }) => code)).toContain('MCP852');
    expect(expose([tables[1]!]).findings.map(({ code }) => code)).not.toContain('MCP852');
  });
});

describe('columns of views that show columns of tables', () => {
  const SCRIPT = `
    CREATE TABLE users (id INT PRIMARY KEY, password VARCHAR(60), email VARCHAR(60), city VARCHAR(60));
    CREATE TABLE old_users (id INT PRIMARY KEY, mail VARCHAR(60));
    CREATE VIEW people AS SELECT id, password AS p, u.email AS address, city FROM users u;
    CREATE VIEW again AS SELECT p.p AS q, length(address) AS size FROM people p;
    CREATE VIEW derived AS WITH w (a) AS (SELECT email FROM users) SELECT a FROM w;
    CREATE VIEW united AS SELECT mail AS m FROM old_users UNION SELECT email FROM users;
    CREATE VIEW renamed (x, y) AS SELECT users.email, city FROM users JOIN old_users USING (id);`;
  const columnsOf = (columns: SqlEntry['columns']) => {
    const { model } = readMysql([{ path: 'x.sql', text: SCRIPT }]);
    const { database } = exposeDatabase('shop', model, {
      sql: 'x.sql',
      ...(columns && { columns }),
    });
    return (view: string) =>
      Object.entries(database.tables[view]!.columns).map(([name, { masked }]) =>
        masked ? `${name} masked` : name,
      );
  };

  it('are hidden and masked as those are, under whatever name and through views and unions', () => {
    const shown = columnsOf({ 'users.email': 'masked', 'users.city': 'hidden' });
    expect(shown('people')).toEqual(['id', 'p masked', 'address masked']);
    expect(shown('again')).toEqual(['q masked', 'size']);
    expect(shown('derived')).toEqual(['a masked']);
    expect(shown('united')).toEqual(['m masked']);
    expect(shown('renamed')).toEqual(['x masked']);
  });

  it('are what mcp.yaml says of them by their own name', () => {
    const shown = columnsOf({
      'users.email': 'hidden',
      'people.address': 'shown',
      'people.p': 'shown',
    });
    expect(shown('people')).toEqual(['id', 'p', 'address', 'city']);
    expect(shown('again')).toEqual(['q masked', 'size']);
  });
});

it('columns of views of PostgreSQL are followed to the columns of tables that they show', async () => {
  const text = `
    CREATE TABLE users (id int PRIMARY KEY, password text, email text, city text);
    CREATE VIEW people AS SELECT id, password AS p, email AS "the mail", lower(city) AS c FROM users;
    CREATE VIEW again (x, y) AS SELECT "the mail", city FROM people JOIN users USING (id);
    CREATE VIEW united AS SELECT city AS m FROM users UNION SELECT p FROM people;
    CREATE MATERIALIZED VIEW kept AS WITH w (a) AS (SELECT email FROM users) SELECT a FROM w;`;
  const { model } = await readPostgres([{ path: 'x.sql', text }]);
  const { database, findings } = exposeDatabase('shop', model, {
    sql: 'x.sql',
    columns: { 'users.email': 'hidden' },
  });
  const shown = Object.entries(database.tables).map(([name, { columns }]) => [
    name,
    Object.entries(columns).map(([column, { masked }]) => (masked ? `${column} masked` : column)),
  ]);
  expect(Object.fromEntries(shown)).toEqual({
    users: ['id', 'password masked', 'city'],
    people: ['id', 'p masked', 'c'],
    again: ['y'],
    united: ['m masked'],
  });
  // What the others show is known.
  expect(findings.filter(({ code }) => code === 'MCP852').map(({ message }) => message)).toEqual([
    expect.stringMatching(/^people is a view/),
  ]);
});

it('columns of views of SQLite are followed as far as they show columns as they are', async () => {
  const text = `
    CREATE TABLE users (id INTEGER PRIMARY KEY, password TEXT, email TEXT, city TEXT);
    CREATE TABLE logins (id INTEGER PRIMARY KEY, user_id INTEGER, "the mail" TEXT);
    CREATE VIEW people AS SELECT id, [password] AS p, email AS "the mail", lower(city) AS c FROM main.users;
    CREATE VIEW again (x, y) AS SELECT "the mail", city FROM people JOIN users ON users.id = people.id;
    CREATE VIEW united AS SELECT city AS m FROM users UNION ALL SELECT p FROM people;
    CREATE VIEW common AS WITH w (a) AS (SELECT email FROM users) SELECT a FROM w;
    CREATE VIEW every AS SELECT l.*, u.password AS word FROM logins l LEFT JOIN users u ON u.id = l.user_id;`;
  const { model } = await readSqlite([{ path: 'x.sql', text }]);
  const { database, findings } = exposeDatabase('shop', model, {
    sql: 'x.sql',
    columns: { 'users.email': 'hidden', 'logins.the mail': 'masked' },
  });
  const shown = Object.entries(database.tables).map(([name, { columns }]) => [
    name,
    Object.entries(columns).map(([column, { masked }]) => (masked ? `${column} masked` : column)),
  ]);
  expect(Object.fromEntries(shown)).toMatchObject({
    users: ['id', 'password masked', 'city'],
    people: ['id', 'p masked', 'c'],
    again: ['y'],
    united: ['m masked'],
    every: ['id', 'user_id', 'the mail masked', 'word masked'],
  });
  expect(Object.keys(database.tables)).not.toContain('common');
  // What the others show is known.
  const unknown = findings.filter(({ code }) => code === 'MCP852');
  expect(unknown.map(({ message }) => message.split(' ')[0])).toEqual(['people']);
});
