import { describe, expect, it } from 'vitest';
import type { SqlEntry } from '../../../src/sources/manifest/sql-source.js';
import { readSchemaText } from '../support/read-schema-text.js';

const SCHEMA = `CREATE TABLE owner (id integer PRIMARY KEY, name varchar(40) NOT NULL UNIQUE, api_key varchar(9));
CREATE TABLE pet (id integer PRIMARY KEY, owner_id integer NOT NULL REFERENCES owner (id), weight real);
CREATE TABLE log (at integer, note text);
CREATE VIEW heavy AS SELECT id, weight FROM pet WHERE weight > 9;`;

const read = async (entry: Partial<SqlEntry> = {}, text = SCHEMA) => {
  const { sources, tools } = await readSchemaText(text, { dialect: 'sqlite', ...entry });
  const tool = (name: string) => tools.find((one) => one.name === name)!;
  return { source: sources[0]!, names: tools.map(({ name }) => name), tool };
};

/** Of every profile. */
const ALWAYS = ['related_rows', 'aggregate_rows', 'search_rows', 'describe_tables'];

describe('the tools of a schema', () => {
  it.each<[string, Partial<SqlEntry>, string[]]>([
    [
      'that is read',
      {},
      ['list_heavy', 'list_log', 'list_owner', 'get_owner', 'list_pet', 'get_pet', ...ALWAYS],
    ],
    [
      'that is written: nothing of a view, new rows alone where there is no key',
      { access: 'read-write', profile: 'typed' },
      [
        ...['list_heavy', 'list_log', 'create_log'],
        ...['list_owner', 'get_owner', 'create_owner', 'update_owner', 'delete_owner'],
        ...['list_pet', 'get_pet', 'create_pet', 'update_pet', 'delete_pet', ...ALWAYS],
      ],
    ],
    [
      'in tools for any table',
      { profile: 'generic', access: { pet: 'create' } },
      ['list_rows', 'get_row', 'create_row', ...ALWAYS, 'find_tables'],
    ],
    [
      'in tools for some and for the others',
      { typed: ['pet'] },
      ['list_pet', 'get_pet', 'list_rows', 'get_row', ...ALWAYS, 'find_tables'],
    ],
    [
      'without keys, relations and texts',
      { include: ['heavy'], prefix: 'zoo_' },
      ['zoo_list_heavy', 'zoo_aggregate_rows', 'zoo_describe_tables'],
    ],
    [
      'with statements of callers',
      { include: ['heavy'], query: true },
      ['list_heavy', 'aggregate_rows', 'describe_tables', 'query', 'explain_query'],
    ],
  ])('%s', async (_, entry, want) => {
    expect((await read(entry)).names).toEqual(want);
  });

  it('cost what the profile says', async () => {
    const { source, names } = await read();
    const { costs, name } = source.profile;
    expect(name).toBe('typed');
    expect(names.length).toBe(costs.typed.tools);
    expect([costs.hybrid.tools, costs.generic.tools]).toEqual([10, 7]);
    // Five tables are chosen for hybrid, and here are four: it is the same.
    expect(costs.hybrid).toEqual(costs.typed);
    expect(costs.generic.tokens).toBeLessThan(costs.typed.tokens);
  });

  it('name the tables and columns that fit', async () => {
    const { tool } = await read({ profile: 'generic', access: { pet: 'read-write' } });
    const tables = (name: string) =>
      (tool(name).inputSchema['properties'] as { table: { enum: string[] } }).table.enum;
    expect(tables('list_rows')).toEqual(['heavy', 'log', 'owner', 'pet']);
    expect(tables('get_row')).toEqual(['owner', 'pet']);
    expect(tables('update_row')).toEqual(['pet']);

    const typed = await read({ profile: 'typed' });
    expect(typed.tool('list_owner').inputSchema['properties']).toMatchObject({
      // Nobody finds rows by what is masked, but it may be asked for.
      where: { items: { properties: { column: { enum: ['id', 'name'] } } } },
      fields: { items: { enum: ['id', 'name', 'api_key'] } },
    });
    expect(typed.tool('get_owner').inputSchema['properties']).toMatchObject({
      key: { description: 'Columns of a key: id, or name', properties: { id: {}, name: {} } },
    });
    expect(typed.tool('list_heavy').inputSchema['properties']).not.toHaveProperty('cursor');
  });

  it('ask for keys by names that clients take, and say those that they do not', async () => {
    const text = `CREATE TABLE line ("Order ID" int, pos int, PRIMARY KEY ("Order ID", pos));
      CREATE TABLE prototypes (prototype integer PRIMARY KEY, constructor text);`;
    const { tool, source } = await read({ profile: 'typed' }, text);
    expect(tool('get_line').inputSchema['properties']).toMatchObject({
      key: {
        type: 'object',
        properties: { pos: {} },
        required: ['pos'],
        description: 'Columns of a key: Order ID + pos',
      },
    });
    const { key } = tool('get_line').inputSchema['properties'] as { key: object };
    expect(key).not.toHaveProperty('additionalProperties');
    expect(key).not.toHaveProperty('properties.Order ID');
    expect(tool('get_prototypes').inputSchema['properties']).toMatchObject({
      key: {
        properties: { prototype_: {} },
        required: ['prototype_'],
        additionalProperties: false,
      },
    });
    expect(source.database.tables['prototypes']?.columns).toMatchObject({
      prototype_: { name: 'prototype' },
      constructor_: { name: 'constructor' },
    });
  });

  it.each<[string, string, object]>([
    ['list_owner', 'reads', { readOnlyHint: true, openWorldHint: false }],
    ['create_owner', 'adds', { readOnlyHint: false, destructiveHint: false, openWorldHint: false }],
    [
      'update_owner',
      'changes',
      { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
    ],
    [
      'delete_owner',
      'deletes',
      { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
    ],
  ])('say of %s that it %s', async (name, _, annotations) => {
    const { tool } = await read({ access: 'read-write', profile: 'typed' });
    expect(tool(name).annotations).toEqual(annotations);
  });
});
