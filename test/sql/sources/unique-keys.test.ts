import { expect, it } from 'vitest';
import { readSchemaText } from '../support/read-schema-text.js';

const SCHEMA = `
CREATE TABLE person (
  id INTEGER PRIMARY KEY, email TEXT UNIQUE, country TEXT, tax_code TEXT, pin_code TEXT UNIQUE, UNIQUE (country, tax_code)
);
CREATE TABLE device (serial TEXT UNIQUE, code TEXT NOT NULL UNIQUE);
CREATE TABLE note (tag TEXT UNIQUE);
CREATE UNIQUE INDEX some ON person (country) WHERE email IS NULL;
`;

it('rows are found by every unique key, also where it may hold null, and known by one that may not', async () => {
  const columns = { 'person.pin_code': 'masked' } as const;
  const { tools, sources } = await readSchemaText(SCHEMA, { dialect: 'sqlite', columns });
  const { person, device, note } = sources[0]!.database.tables;
  expect(person).toMatchObject({ key: ['id'], uniques: [['country', 'tax_code'], ['email']] });
  expect(device).toMatchObject({ key: ['code'], uniques: [['serial']] });
  expect(note).not.toHaveProperty('key');
  expect(note).not.toHaveProperty('uniques');
  const get = tools.find(({ name }) => name === 'get_person');
  const { properties } = get?.inputSchema as { properties: Record<string, unknown> };
  expect(properties['key']).toEqual({
    type: 'object',
    properties: { id: {}, country: {}, tax_code: {}, email: {} },
    additionalProperties: false,
    description: 'Columns of a key: id, or country + tax_code, or email',
  });
});
