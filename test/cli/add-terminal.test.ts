import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeServer } from '../federation/fake-upstream.js';
import { eachInPetsProject, petsYaml } from './support.js';
import { CTRL_C, DOWN, ENTER, hasTerminals, onTerminal, type Answer } from './terminal.js';

let dir: string;
let root: string;
eachInPetsProject((made) => ({ dir, root } = made));
beforeEach(() => {
  writeFileSync(join(dir, 'tiny-pets.yaml'), petsYaml.replaceAll(/listPets|deleteOrder/g, 'my$&'));
  writeFileSync(join(dir, 'shop.sql'), 'CREATE TABLE shoe (id INT PRIMARY KEY, size CHAR(3));');
});

const manifest = () => readFileSync(join(root, 'mcp.yaml'), 'utf8');

/** What was said with an exit code other than 0 is in what the test shows. */
async function add(words: string[], ...answers: Answer[]): Promise<string> {
  const { code, screen, asked } = await onTerminal(root, ['add', ...words], answers);
  expect({ code, asked, screen }).toMatchObject({ code: 0, asked: answers.length });
  return manifest();
}

describe.skipIf(!hasTerminals)('add on a terminal asks for', () => {
  it('the kind, the document, and another key where its own is taken', async () => {
    const after = await add(
      [],
      ['What should be added?', ENTER],
      ['Which OpenAPI document?', `../tiny-pets.yaml${ENTER}`],
      ['mcp.yaml has tiny-pets already', `shop${ENTER}`],
    );
    expect(after).toContain('  shop:\n    openapi: specs/shop.yaml\n');
  });

  it('a schema, and its dialect where that cannot be told', async () => {
    const after = await add(
      ['sql'],
      ['Which schema?', `../shop.sql${ENTER}`],
      ['Which kind of database is it?', `${DOWN}${DOWN}${ENTER}`],
    );
    expect(after).toContain('  shop:\n    sql: specs/shop.sql\n    dialect: sqlite\n');
  });

  it('a folder', async () => {
    const after = await add(['filesystem'], ['Which variable', `DOCS_ROOT=./docs${ENTER}`]);
    expect(after).toContain('  docs:\n    filesystem:\n      - ${DOCS_ROOT:-./docs}\n');
  });

  it('the command of another MCP server', async () => {
    const fake = await fakeServer();
    try {
      const line = fake.command.map((word) => `"${word}"`).join(' ');
      const after = await add(['mcp', '--id', 'fake'], ['Where is the server?', line + ENTER]);
      expect(after).toContain(
        '  fake:\n    mcp: specs/fake.json\n    connect:\n      - command:\n',
      );
    } finally {
      await fake.remove();
    }
  });

  it('a tool, its arguments again where they are wrong', async () => {
    const after = await add(
      ['tool'],
      ['What is the tool called?', `quote${ENTER}`],
      ['What is it for?', `A price.${ENTER}`],
      ['Which arguments has it?', `city:date${ENTER}`],
      ['is not like', `\u007f\u007f\u007f\u007fstring, days?:integer how many${ENTER}`],
    );
    expect(after).toContain(
      'tools:\n  quote:\n    description: A price.\n    input:\n      type: object\n      properties:\n        city:\n          type: string\n        days:\n          type: integer\n          description: how many\n      required:\n        - city\n',
    );
  });

  it('a prompt, whose text tells its arguments', async () => {
    const after = await add(
      ['prompt'],
      ['What is the prompt called?', `adopt${ENTER}`],
      ['What does it say?', `Find a \${args.species} for \${args.home}.${ENTER}`],
    );
    expect(after).toContain(
      'prompts:\n  adopt:\n    arguments:\n      species:\n        required: true\n      home:\n        required: true\n    messages:\n      - text: Find a ${args.species} for ${args.home}.\n',
    );
  });

  it('a resource, and what it holds', async () => {
    const after = await add(
      ['resource'],
      ['What is the resource called?', `about${ENTER}`],
      ['What does it hold?', `${DOWN}${ENTER}`],
      ['Which file?', `README.md${ENTER}`],
    );
    expect(after).toContain('resources:\n  about:\n    file: README.md\n');
  });

  it('nothing that the command line says', async () => {
    const flags = ['--description', 'A price.', '--argument', 'city:string'];
    expect(await add(['tool', 'quote', ...flags])).toContain('  quote:\n');
  });

  it('nothing more after Ctrl-C, and leaves everything as it was', async () => {
    const before = manifest();
    const answers: Answer[] = [
      ['What is the tool called?', `quote${ENTER}`],
      ['What is it for?', `A price.${CTRL_C}`],
    ];
    const { code, screen } = await onTerminal(root, ['add', 'tool'], answers);
    expect([code, manifest()]).toEqual([130, before]);
    expect(screen).toContain('Nothing was written.');
  });
});
