import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, connect, makeExample, TRANSPORTS, type Example } from './example.js';
import { createSqlite } from './sqlite.js';

const ROWS = `
INSERT INTO author VALUES (1, 'Ada'), (2, 'Basho');
INSERT INTO book VALUES (1, 1, 'Engines', 1843, 1), (2, 2, 'Frogs', 1686, 3);
INSERT INTO reader VALUES (1, 'Miep', 'miep@example.org', 'hash-1'), (2, 'Jan', 'jan@example.org', 'hash-2');
INSERT INTO loan VALUES (1, 1, 1, '2026-01-10', NULL), (2, 2, 2, '2026-01-05', '2026-01-04'), (3, 2, 1, '2026-03-01', NULL);
`;

let example: Example;
beforeAll(async () => {
  example = await makeExample('database');
});
afterAll(() => example?.remove());

describe('the library server', () => {
  it('has the tools of its manifest, and its own tests pass', { timeout: 180_000 }, async () => {
    expect(example.tools).toContain('overdue_loans');
    expect(example.tools.filter((name) => name.startsWith('create'))).toEqual(['create_loan']);
    expect((await example.ownTests()).failures).toEqual([]);
  });

  it.each(TRANSPORTS)('answers over %s', async (transport) => {
    const file = join(example.root, `${transport}.sqlite`);
    await createSqlite(file, join(example.root, 'specs/library.sql'), ROWS);
    const { client, close } = await connect(example, transport, { LIBRARY_DB: `sqlite:${file}` });
    try {
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name).sort()).toEqual([...example.tools].sort());
      const late = await call(client, 'overdue_loans', { day: '2026-02-01' });
      expect(late.data).toMatchObject({
        rows: [{ id: 1, title: 'Engines', reader: 'Miep', due: '2026-01-10' }],
      });
      const readers = await call(client, 'list_reader', {});
      expect(readers.text).toContain('Miep');
      expect(readers.text).not.toMatch(/example\.org|hash-/);
      const lent = await call(client, 'create_loan', {
        values: { id: 4, book_id: 2, reader_id: 2, due: '2026-01-20' },
      });
      expect([lent.isError, lent.text]).toEqual([false, expect.any(String)]);
      const later = await call(client, 'overdue_loans', { day: '2026-02-01' });
      expect((later.data as { rows: { id: number }[] }).rows.map(({ id }) => id)).toEqual([1, 4]);
      const none = await call(client, 'create_loan', {
        values: { id: 5, book_id: 99, reader_id: 2, due: '2026-01-20' },
      });
      expect(none.isError).toBe(true);
    } finally {
      await close();
    }
  });
});
