import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cli, commitAll, edit, eachInPetsProject, jsonOf } from './support.js';

let root: string;
let dir: string;
eachInPetsProject((made) => ({ root, dir } = made));

const OFFERS = `resources:
  guide: { uri: "docs://guide", text: Be kind. }
  pet: { uri: "pets://{limit}", tool: listPets }
prompts:
  greet:
    arguments: { who: { required: true }, how: {} }
    messages: [{ text: "Greet \${args.who} \${args.how}" }]
`;

type Told = { class: string; code: string; tool: string; place?: { line?: number } };

it('what can be read and prompts are in the list that is committed, and their changes have a class', async () => {
  edit(join(root, 'mcp.yaml'), (text) => text + OFFERS);
  expect((await cli(dir, ['regenerate', 'out'])).code).toBe(0);
  const surface = JSON.parse(readFileSync(join(root, 'mcp.tools.json'), 'utf8')) as object;
  expect(surface).toMatchObject({
    resources: [{ uri: 'docs://guide', name: 'guide' }],
    resourceTemplates: [{ uriTemplate: 'pets://{limit}', name: 'pet' }],
    prompts: [{ name: 'greet', arguments: [{ name: 'who', required: true }, { name: 'how' }] }],
  });
  commitAll(root);

  edit(join(root, 'mcp.yaml'), (text) =>
    text
      .replace('docs://guide', 'docs://rules')
      .replace('pets://{limit}', 'pets://all/{limit}')
      .replace(', how: {}', '')
      .replace(' ${args.how}', ''),
  );
  const told = ({ class: kind, code, tool, place }: Told) => [kind, code, tool, place?.line];
  const lineOf = (text: string) =>
    readFileSync(join(root, 'mcp.yaml'), 'utf8')
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1;
  const wanted = [
    ['breaking', 'argument-removed', 'prompt greet', lineOf('greet:')],
    ['breaking', 'resource-moved', 'resource docs://rules', lineOf('docs://rules')],
    ['breaking', 'resource-moved', 'resource pets://all/{limit}', lineOf('pets://all')],
  ];
  const diff = jsonOf('diff', await cli(dir, ['diff', 'out', '--json'])) as { changes: Told[] };
  expect(diff.changes.map(told)).toEqual(wanted);
  expect((await cli(dir, ['regenerate', 'out'])).code).toBe(0);
  const check = await cli(dir, ['check', 'out', '--against', 'HEAD', '--json']);
  expect(check.code).toBe(1);
  const { since } = jsonOf('check', check) as { since: { changes: Told[] } };
  expect(since.changes.map(told).map((one) => one.slice(0, 3))).toEqual(
    wanted.map((one) => one.slice(0, 3)),
  );
});
