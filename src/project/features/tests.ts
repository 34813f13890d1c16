import { callExample } from '../call-example.js';
import type { Feature } from '../context.js';
import type { FileSpec } from '../file-spec.js';

const FILES = [
  'arguments.test.ts',
  'errors.test.ts',
  'protocol.test.ts',
  'requests.test.ts',
  'run.ts',
  'support/arrival.ts',
  'support/call.ts',
  'support/clients.ts',
  'support/upstream.ts',
];

/** The project's own tests: the same for all, over the examples of its tools. */
export const tests: Feature = ({ toolFiles }) => {
  const examples = toolFiles
    .flatMap(({ tools }) => tools)
    .map(({ tool }) => [tool.name, callExample(tool)] as const)
    .filter(([, example]) => example !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...FILES.map((file): FileSpec => ({
      path: `test/generated/${file}`,
      owner: 'managed',
      copy: `test/generated/${file}`,
    })),
    {
      path: 'test/generated/examples.ts',
      owner: 'managed',
      template: 'test/generated/examples.ts.hbs',
      view: { examples: Object.fromEntries(examples) },
    },
  ];
};
