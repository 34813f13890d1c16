import type {
  SqlColumn,
  SqlDatabase,
  SqlDialect,
  SqlTable,
} from '../../../../templates/src/runtime/sql/database.js';

/** A name of 64 characters that no tool may trip over; MySQL allows only those of the first plane in names. */
function oddTable(dialect: SqlDialect): string {
  const turtle = dialect === 'mysql' ? '龜' : '🐢';
  return `it's "odd" \`name\` ; -- 日本 ${turtle} `.padEnd(64, 'x');
}

export const ODD_COLUMN = 'a "b" `c` \'d\' $1 ? %';

const integer: SqlColumn = { kind: 'integer', type: 'integer' };
const text: SqlColumn = { kind: 'text', type: 'varchar(200)' };

/** Types by dialect, for columns that are written differently. */
const TYPES = {
  postgres: {
    decimal: 'numeric(12,2)',
    timestamp: 'timestamp',
    binary: 'bytea',
    json: 'jsonb',
    float: 'double precision',
    enum: 'mood',
  },
  mysql: {
    decimal: 'decimal(12,2)',
    timestamp: 'datetime(6)',
    binary: 'longblob',
    json: 'json',
    float: 'double',
    enum: "enum('new','paid','sent')",
  },
  sqlite: {
    decimal: 'numeric(12,2)',
    timestamp: 'timestamp',
    binary: 'blob',
    json: 'json',
    float: 'double',
    enum: 'text',
  },
} as const;

const MOODS = ['new', 'paid', 'sent'];

/** Customers with orders, orders with lines (a key of two columns), and tables that are out of the ordinary. */
function shopTables(dialect: SqlDialect): Record<string, SqlTable> {
  const types = TYPES[dialect];
  const all: SqlTable['writes'] = ['create', 'update', 'delete'];
  return {
    customers: {
      name: 'customers',
      description: 'People who buy',
      columns: {
        id: { ...integer, hasDefault: true },
        name: text,
        email: { ...text, nullable: true },
        city: { ...text, nullable: true, description: 'Where parcels go' },
        secret: { ...text, nullable: true, masked: true },
        score: { kind: 'float', type: types.float, nullable: true },
        active: { kind: 'boolean', type: 'boolean', hasDefault: true },
      },
      key: ['id'],
      uniques: [['email'], ['secret']],
      relations: { orders: { table: 'orders', columns: [['id', 'customerId']], many: true } },
      writes: all,
    },
    orders: {
      name: 'orders',
      columns: {
        id: { kind: 'bigint', type: 'bigint' },
        customerId: { ...integer, name: 'customer_id', nullable: true },
        state: { kind: 'enum', type: types.enum, values: MOODS },
        total: { kind: 'decimal', type: types.decimal, nullable: true },
        placed: { kind: 'timestamp', type: types.timestamp, nullable: true },
        note: { kind: 'text', type: 'text', nullable: true },
        data: { kind: 'json', type: types.json, nullable: true },
        photo: { kind: 'binary', type: types.binary, nullable: true },
      },
      key: ['id'],
      relations: {
        customer: { table: 'customers', columns: [['customerId', 'id']] },
        lines: { table: 'lines', columns: [['id', 'orderId']], many: true },
      },
      writes: all,
    },
    lines: {
      name: 'lines',
      columns: {
        orderId: { kind: 'bigint', type: 'bigint', name: 'order_id' },
        position: integer,
        product: text,
        amount: { ...integer, nullable: true },
      },
      key: ['orderId', 'position'],
      relations: {
        order: { table: 'orders', columns: [['orderId', 'id']] },
        returns: {
          table: 'returns',
          columns: [
            ['orderId', 'orderId'],
            ['position', 'position'],
          ],
          many: true,
        },
      },
      writes: ['create', 'delete'],
    },
    returns: {
      name: 'returns',
      columns: {
        id: integer,
        orderId: { kind: 'bigint', type: 'bigint', name: 'order_id' },
        position: integer,
        reason: text,
      },
      key: ['id'],
      relations: {
        line: {
          table: 'lines',
          columns: [
            ['orderId', 'orderId'],
            ['position', 'position'],
          ],
        },
      },
    },
    log: { name: 'log', columns: { line: text, level: { ...integer, nullable: true } } },
    odd: {
      name: oddTable(dialect),
      columns: {
        id: integer,
        [ODD_COLUMN]: { ...text, nullable: true },
        ['__proto__']: { ...text, nullable: true },
        'x y': { ...text, name: 'select', nullable: true },
      },
      key: ['id'],
      writes: all,
    },
  };
}

export function shopDatabase(
  dialect: SqlDialect,
  limits: Partial<SqlDatabase['limits']> = {},
): SqlDatabase {
  return {
    id: 'shop',
    dialect,
    env: 'SHOP_URL',
    url: 'sqlite::memory:',
    tables: shopTables(dialect),
    limits: {
      defaultRows: 50,
      maxRows: 200,
      timeoutMs: 10_000,
      maxTextChars: 500,
      maxBinaryBytes: 64,
      ...limits,
    },
  };
}

/** CREATE TABLE and the rows that every test starts from. */
export function shopScript(dialect: SqlDialect): string[] {
  const types = TYPES[dialect];
  const q = (name: string): string =>
    dialect === 'mysql' ? `\`${name.replaceAll('`', '``')}\`` : `"${name.replaceAll('"', '""')}"`;
  const serial = {
    postgres: 'integer generated by default as identity primary key',
    mysql: 'integer auto_increment primary key',
    sqlite: 'integer primary key autoincrement',
  }[dialect];
  const bytes = (hex: string): string => (dialect === 'postgres' ? `'\\x${hex}'` : `x'${hex}'`);
  const next = {
    postgres: ['ALTER TABLE customers ALTER COLUMN id RESTART WITH 100'],
    mysql: ['ALTER TABLE customers AUTO_INCREMENT = 100'],
    sqlite: ["UPDATE sqlite_sequence SET seq = 99 WHERE name = 'customers'"],
  }[dialect];
  return [
    ...(dialect === 'postgres' ? ["CREATE TYPE mood AS ENUM ('new', 'paid', 'sent')"] : []),
    `CREATE TABLE customers (id ${serial}, name varchar(200) NOT NULL, email varchar(200) UNIQUE,
      city varchar(200), secret varchar(200), score ${types.float}, active boolean NOT NULL DEFAULT true)`,
    `CREATE TABLE orders (id bigint PRIMARY KEY, customer_id integer REFERENCES customers (id), state ${types.enum} NOT NULL,
      total ${types.decimal}, placed ${types.timestamp}, note text, data ${types.json}, photo ${types.binary})`,
    `CREATE TABLE ${q('lines')} (order_id bigint NOT NULL REFERENCES orders (id), ${q('position')} integer NOT NULL,
      product varchar(200) NOT NULL, amount integer, PRIMARY KEY (order_id, ${q('position')}))`,
    `CREATE TABLE ${q('returns')} (id integer PRIMARY KEY, order_id bigint NOT NULL, ${q('position')} integer NOT NULL,
      reason varchar(200) NOT NULL, FOREIGN KEY (order_id, ${q('position')}) REFERENCES ${q('lines')} (order_id, ${q('position')}))`,
    `CREATE TABLE log (line varchar(200) NOT NULL, level integer)`,
    `CREATE TABLE ${q(oddTable(dialect))} (id integer PRIMARY KEY, ${q(ODD_COLUMN)} varchar(200), ${q('__proto__')} varchar(200), ${q('select')} varchar(200))`,
    `INSERT INTO customers (id, name, email, city, secret, score, active) VALUES
      (1, 'Ada', 'ada@example.com', 'Bern', 's3cr3t', 1.5, true), (2, 'Bo', NULL, NULL, NULL, NULL, false),
      (3, 'Cy_%', 'cy@example.com', 'Basel', NULL, -2.25, true), (4, 'Dee', 'dee@example.com', 'Bern', NULL, 0, true)`,
    `INSERT INTO orders (id, customer_id, state, total, placed, note, data, photo) VALUES
      (9007199254740993, 1, 'new', 10.50, '2024-05-31 14:30:00.123456', 'first', '{"a": [1, 12345678901234567890]}', ${bytes('00ff')}),
      (2, 1, 'paid', 9999999999.99, '2024-01-01 00:00:00', NULL, NULL, ${bytes('ab'.repeat(65))}),
      (3, 3, 'sent', NULL, NULL, 'a long ${'y'.repeat(600)}', NULL, NULL), (4, NULL, 'new', 0.10, '2024-05-31 14:30:00.123457', '', NULL, NULL)`,
    `INSERT INTO ${q('lines')} (order_id, ${q('position')}, product, amount) VALUES
      (2, 1, 'tea', 3), (2, 2, 'cup', NULL), (3, 1, 'tea', 1), (9007199254740993, 1, 'pot', 2)`,
    `INSERT INTO ${q('returns')} (id, order_id, ${q('position')}, reason) VALUES (1, 2, 2, 'broken'), (2, 3, 1, 'late'), (3, 2, 2, 'again')`,
    `INSERT INTO log (line, level) VALUES ('one', 1), ('two', 2), ('three', NULL)`,
    ...next,
  ];
}
