import { expect, it } from 'vitest';
import { read } from './support.js';

const manifest = `name: shop
sources: { petstore: { openapi: specs/petstore.yaml, include: [listPets] } }
tools:
  double:
    hidden: true
    description: Twice as many.
    input: { type: object, properties: { count: { type: integer } }, required: [count] }
    output: { type: object, properties: { count: { type: integer } } }
    handler: src/handlers/double.ts
  idle:
    hidden: true
    description: Called by nobody.
    input: { type: object }
    handler: src/handlers/idle.ts
  census:
    description: Counts pets.
    input: { type: object }
    steps:
      - { id: find, call: listPets }
      - { id: twice, call: double, with: { count: "\${length(steps.find.items)}" } }
    result: \${steps.twice.count}
`;

it('a hidden tool of one’s own stays for the steps that call it, and callers do not see it', async () => {
  const { tools, orphans } = await read(manifest);
  expect(tools.map(({ name, unlisted }) => [name, unlisted === true])).toEqual([
    ['listPets', false],
    ['double', true],
    ['census', false],
  ]);
  expect(orphans).toEqual([{ tool: 'idle', module: 'src/handlers/idle.ts' }]);
});
