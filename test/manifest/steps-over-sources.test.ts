import { expect, it } from 'vitest';
import { INPUTS, SOURCES } from './inputs.js';
import { read, refusal } from './support.js';

/** A tool of these steps over a database, a folder and another MCP server. */
const tool = (...steps: string[]) => `${SOURCES}tools:
  stocktake:
    description: Weighs jars.
    input: { type: object, properties: { jar: { type: integer } }, required: [jar] }
    steps:
${steps.map((step) => `      - ${step}\n`).join('')}`;

const LIST = '{ id: jars, call: list_jar, with: { limit: 10 } }';
const READ = '{ id: file, call: read_file, with: { path: list.txt } }';
const WEIGH = '{ id: weight, call: weigh, with: { jar: "${args.jar}" } }';

it('a column that the rows do not have, with its place', async () => {
  const text = tool(LIST, '{ call: weigh, with: { jar: "${steps.jars.rows[0].grammes}" } }');
  expect(await refusal(text, INPUTS)).toBe(
    [
      'mcp.yaml:12:32  error  MCP712  tools.stocktake.steps[1].with.jar refers to steps.jars.rows[0].grammes, but steps.jars.rows[0] has no grammes: there is id, shelf_id, grams',
      '  10 |     steps:',
      '  11 |       - { id: jars, call: list_jar, with: { limit: 10 } }',
      '> 12 |       - { call: weigh, with: { jar: "${steps.jars.rows[0].grammes}" } }',
      '     |                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
      'fix  did you mean "grams"?',
    ].join('\n'),
  );
});

it.each([
  [
    'an item that is no row of the table',
    [LIST, '{ call: weigh, forEach: steps.jars.rows, with: { jar: "${item.jar}" } }'],
    'MCP712  tools.stocktake.steps[1].with.jar refers to item.jar, but item has no jar: there is id, shelf_id, grams',
  ],
  [
    'a column of another type than the argument',
    [
      '{ id: shelves, call: list_shelf }',
      '{ call: weigh, with: { jar: "${steps.shelves.rows[0].label}" } }',
    ],
    'MCP713  tools.stocktake.steps[1].with.jar has the wrong type: it is text, but takes a number',
  ],
  [
    'an argument that the table does not take',
    ['{ call: get_jar, with: { number: 3 } }'],
    'MCP714  tools.stocktake.steps[0].with.number gives number, which get_jar does not take',
  ],
  [
    'a file has no such fact',
    [READ, '{ call: weigh, with: { jar: "${number(steps.file.content)}" } }'],
    'MCP712  tools.stocktake.steps[1].with.jar refers to steps.file.content, but steps.file has no content: there is path, mime_type, size, text',
  ],
  [
    'what was found in files is no list by itself',
    [
      '{ id: found, call: find_files, with: { pattern: "*.txt" } }',
      '{ call: read_file, forEach: steps.found, with: { path: "${item}" } }',
    ],
    'MCP713  tools.stocktake.steps[1].forEach has the wrong type: it is an object, but takes a list',
  ],
  [
    'a path that is a number',
    ['{ call: read_file, with: { path: "${args.jar}" } }'],
    'MCP713  tools.stocktake.steps[0].with.path has the wrong type: it is a number, but takes text',
  ],
  [
    'a field that the other server does not answer',
    [WEIGH, '{ call: get_jar, with: { id: "${steps.weight.kilograms}" } }'],
    'MCP712  tools.stocktake.steps[1].with.id refers to steps.weight.kilograms, but steps.weight has no kilograms: there is grams, parts',
  ],
  [
    'an argument that the other server does not know',
    ['{ call: weigh, with: { jar: 1, lid: true } }'],
    'MCP714  tools.stocktake.steps[0].with.lid gives lid, which weigh does not take',
  ],
  [
    'an argument that the other server needs',
    ['{ call: weigh }'],
    'MCP714  tools.stocktake.steps[0] does not give jar, which weigh needs',
  ],
  [
    'a tool that the other server does not have',
    ['{ call: weight }'],
    'MCP711  tools.stocktake.steps[0].call calls weight, and there is no tool of that name',
  ],
])('%s', async (_, steps, wanted) => {
  expect(await refusal(tool(...steps), INPUTS)).toContain(`error  ${wanted}`);
});

it('what fits is taken', async () => {
  const text = tool(
    LIST,
    READ,
    '{ id: weights, call: weigh, forEach: steps.jars.rows, with: { jar: "${item.id}" }, concurrency: 2 }',
    '{ call: get_jar, when: "steps.weights[0].grams > 10 and steps.file.text != null", with: { key: { id: "${steps.jars.rows[0].id}" } } }',
  );
  const { tools } = await read(text, INPUTS);
  expect(tools.find(({ name }) => name === 'stocktake')?.annotations).toEqual({
    readOnlyHint: true,
    openWorldHint: true,
  });
});
