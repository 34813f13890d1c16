import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cli, eachInPetsProject, edit, jsonOf } from './support.js';

let dir: string;
let root: string;
eachInPetsProject((made) => ({ dir, root } = made));

const TOOL = 'src/generated/tools/list-pets.ts';
const MESSAGE = `src/handlers/list-pets.ts is the handler of listPets, but never runs: ${TOOL} is yours and does not import it`;
const FIX = `import it there from '../../handlers/list-pets.js', as defineHandlerTool takes it, or delete ${TOOL} and regenerate`;

/** A handler for one tool, and none for the other. */
const handle = () =>
  edit(join(root, 'mcp.yaml'), (text) =>
    text.replace(
      'serve:',
      'tools:\n  listPets: { handler: src/handlers/list-pets.ts }\n  deleteOrder: { handler: src/handlers/delete-order.ts }\nserve:',
    ),
  );

const eject = () => cli(dir, ['eject', `out/${TOOL}`]);

it('a handler whose tool was ejected before is told by regenerate and by every check', async () => {
  await eject();
  handle();
  const done = await cli(dir, ['regenerate', 'out']);
  expect(done.code).toBe(0);
  expect(done.out).toContain(`warning  MCP739  ${MESSAGE}\n`);
  expect(done.out).not.toContain('handler of deleteOrder');
  const warning = { code: 'MCP739', severity: 'warning', message: MESSAGE, fix: FIX };
  const place = { file: 'out/mcp.yaml', line: expect.any(Number), column: expect.any(Number) };
  for (const flags of [[], ['--full']]) {
    expect(await cli(dir, ['check', 'out', ...flags])).toEqual({
      code: 0,
      out: `warning  MCP739  ${MESSAGE}\nfix    ${FIX}\nin step\n`,
      err: '',
    });
    const json = jsonOf('check', await cli(dir, ['check', 'out', '--json', ...flags]));
    expect(json.warnings).toEqual([{ ...warning, ...place }]);
  }
  const told = jsonOf('regenerate', await cli(dir, ['regenerate', 'out', '--json']));
  expect(told.findings).toContainEqual({ ...warning, ...place });
});

it.each([
  [
    'imports it',
    () =>
      edit(
        join(root, TOOL),
        (text) => `import { handler } from '../../handlers/list-pets.js';\n${text}`,
      ),
  ],
  ['was deleted', () => rmSync(join(root, TOOL))],
])('nothing is told where the file %s', async (_, mend) => {
  await eject();
  handle();
  mend();
  expect((await cli(dir, ['regenerate', 'out'])).out).not.toContain('MCP739');
  expect((await cli(dir, ['check', 'out'])).out).toBe('in step\n');
});

it('nothing is told of a tool that was ejected with its handler', async () => {
  handle();
  await cli(dir, ['regenerate', 'out', '--quiet']);
  await eject();
  writeFileSync(join(root, 'src/handlers/list-pets.ts'), 'export const handler = () => "mine";\n');
  expect((await cli(dir, ['regenerate', 'out'])).out).toBe('in step\n');
  expect((await cli(dir, ['check', 'out', '--full'])).out).toBe('in step\n');
});
