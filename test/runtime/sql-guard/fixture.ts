import type {
  SqlColumn,
  SqlDatabase,
  SqlDialect,
  SqlTable,
} from '../../../templates/src/runtime/sql/database.js';

/** Stands in what nobody may see: the table that is not exposed, the hidden columns and the masked one. */
export const SECRET = 'T0P-S3CRET';
/** The hidden key of a table. */
export const SECRET_NUMBER = 471_100_471;

const integer: SqlColumn = { kind: 'integer', type: 'integer' };
const text: SqlColumn = { kind: 'text', type: 'text', nullable: true };

function tables(dialect: SqlDialect): Record<string, SqlTable> {
  const schema = dialect === 'postgres' ? { schema: 'public' } : {};
  const all: Record<string, SqlTable> = {
    customers: {
      ...schema,
      name: 'customers',
      columns: {
        id: integer,
        name: text,
        email: text,
        city: text,
        updated_at: { kind: 'timestamp', type: 'timestamp', nullable: true },
        secret: { ...text, masked: true },
      },
      key: ['id'],
    },
    orders: {
      ...schema,
      name: 'orders',
      columns: {
        id: integer,
        customer_id: { ...integer, nullable: true },
        total: { kind: 'decimal', type: 'numeric(10,2)', nullable: true },
        state: text,
        placed: { kind: 'date', type: 'date', nullable: true },
        data: { kind: 'json', type: 'json', nullable: true },
      },
      key: ['id'],
    },
    items: {
      ...schema,
      name: 'items',
      columns: { order_id: integer, position: integer, product: text, amount: integer },
      key: ['order_id', 'position'],
    },
    group: { ...schema, name: 'group', columns: { id: integer, from: text }, key: ['id'] },
    notes: { ...schema, name: 'notes', columns: { id: integer, title: text }, key: ['id'] },
    badges: { ...schema, name: 'badges', columns: { owner: text } },
    known: { ...schema, name: 'known', isView: true, columns: { id: integer, name: text } },
    big_orders: {
      ...schema,
      name: 'big_orders',
      isView: true,
      columns: { id: integer, total: { kind: 'decimal', type: 'numeric(10,2)', nullable: true } },
    },
  };
  if (dialect === 'sqlite') all['pages'] = { name: 'pages', columns: { title: text } };
  if (dialect === 'postgres') {
    all['sales.regions'] = {
      schema: 'sales',
      name: 'regions',
      columns: { id: integer, name: text },
      key: ['id'],
    };
  }
  return all;
}

export function guardDatabase(dialect: SqlDialect, more: Partial<SqlDatabase> = {}): SqlDatabase {
  return {
    id: 'shop',
    dialect,
    env: 'DATABASE_URL',
    tables: tables(dialect),
    limits: {
      defaultRows: 50,
      maxRows: 200,
      timeoutMs: 5_000,
      maxTextChars: 500,
      maxBinaryBytes: 64,
    },
    ...more,
  };
}

const QUOTE: Record<SqlDialect, string> = { postgres: '"', mysql: '`', sqlite: '"' };
const JSON_TYPE: Record<SqlDialect, string> = { postgres: 'jsonb', mysql: 'json', sqlite: 'json' };

/** Tables with rows, some of them not exposed. */
export function guardScript(dialect: SqlDialect): string[] {
  const q = QUOTE[dialect];
  const long = dialect === 'mysql' ? 'varchar(200)' : 'text';
  const time = dialect === 'mysql' ? 'datetime' : 'timestamp';
  return [
    `CREATE TABLE customers (id integer PRIMARY KEY, name ${long}, email ${long}, city ${long}, updated_at ${time}, secret ${long}, password ${long})`,
    `CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer REFERENCES customers (id), total numeric(10,2), state ${long}, placed date, data ${JSON_TYPE[dialect]})`,
    `CREATE TABLE items (order_id integer, ${q}position${q} integer, product ${long}, amount integer, PRIMARY KEY (order_id, ${q}position${q}))`,
    `CREATE TABLE ${q}group${q} (id integer PRIMARY KEY, ${q}from${q} ${long})`,
    `CREATE TABLE salaries (id integer PRIMARY KEY, amount integer, note ${long})`,
    `CREATE VIEW big_orders AS SELECT id, total FROM orders WHERE total > 10`,
    `CREATE VIEW hidden_view AS SELECT * FROM salaries`,
    `INSERT INTO customers VALUES (1, 'Ada', 'ada@example.com', 'Bern', '2024-05-31 14:30:00', '${SECRET}', '${SECRET}'),
      (2, 'Bo', NULL, NULL, '2024-01-01 00:00:00', NULL, '${SECRET}'), (3, 'Cy; DROP TABLE x', 'cy@example.com', 'Basel', NULL, '${SECRET}', NULL)`,
    `INSERT INTO orders VALUES (1, 1, 10.50, 'new', '2024-05-31', '{"a": [1, 2], "b": {"c": "x"}}'), (2, 1, 99.99, 'paid', '2024-01-01', '{}'),
      (3, 3, NULL, 'sent', NULL, NULL), (4, NULL, 0.10, 'new', '2024-05-31', '{"a": []}')`,
    `INSERT INTO items VALUES (1, 1, 'tea', 3), (1, 2, 'cup', 1), (2, 1, 'tea', 1)`,
    `INSERT INTO ${q}group${q} VALUES (1, 'here'), (2, 'there')`,
    `INSERT INTO salaries VALUES (1, 100000, '${SECRET}')`,
    `CREATE TABLE notes (id integer PRIMARY KEY, title ${long}, body ${long})`,
    `INSERT INTO notes VALUES (1, 'one', '${SECRET}'), (2, 'two', 'other')`,
    `CREATE TABLE badges (${q}no${q} integer PRIMARY KEY, owner ${long})`,
    `INSERT INTO badges VALUES (${SECRET_NUMBER}, 'Ada')`,
    `CREATE VIEW known AS SELECT c.id, c.name FROM customers c JOIN salaries s ON s.note = c.secret WHERE c.password <> 'x' OR c.password IS NULL`,
    ...(dialect === 'postgres' ? POSTGRES : []),
    ...(dialect === 'sqlite' ? SQLITE : []),
  ];
}

const SQLITE = [
  'CREATE VIRTUAL TABLE pages USING fts5(title, body)',
  `INSERT INTO pages VALUES ('home', '${SECRET}')`,
];

const POSTGRES = [
  'CREATE SCHEMA sales',
  'CREATE TABLE sales.regions (id integer PRIMARY KEY, name text)',
  "INSERT INTO sales.regions VALUES (1, 'north')",
  `CREATE TABLE sales.plans (id integer, note text)`,
  `INSERT INTO sales.plans VALUES (1, '${SECRET}')`,
  'CREATE SEQUENCE tickets',
  `CREATE TYPE mood AS ENUM ('good', 'bad')`,
  `CREATE FUNCTION leak(anyelement) RETURNS text LANGUAGE sql VOLATILE SECURITY DEFINER AS $$ SELECT note FROM public.salaries $$`,
  `CREATE FUNCTION leak_all() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER AS $$ SELECT note FROM public.salaries $$`,
  `CREATE FUNCTION lower(integer) RETURNS text LANGUAGE sql VOLATILE SECURITY DEFINER AS $$ SELECT note FROM public.salaries $$`,
  `CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT $1 * 2 $$`,
];

/** What takes away everything that callers do not see, and the masked column. */
export const WITHOUT_HIDDEN = [
  'DROP VIEW known',
  'CREATE VIEW known AS SELECT id, name FROM customers WHERE id <> 2',
  'DROP VIEW hidden_view',
  'ALTER TABLE notes DROP COLUMN body',
  'DROP TABLE badges',
  'CREATE TABLE badges (owner varchar(200))',
  "INSERT INTO badges VALUES ('Ada')",
  'DROP TABLE salaries',
  'ALTER TABLE customers DROP COLUMN password',
  'ALTER TABLE customers DROP COLUMN secret',
];
