import { callExample } from '../call-example.js';
import type { Feature } from '../context.js';
import type { FileSpec } from '../file-spec.js';

/** The project's own tests: the same for all of a kind, over the examples of its tools. */
export const tests: Feature = ({ copied, toolFiles }) => {
  const examples = toolFiles
    .flatMap(({ tools }) => tools)
    .map(({ tool }) => [tool.name, callExample(tool)] as const)
    .filter(([, example]) => example !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...copied.tests.map((path): FileSpec => ({
      path,
      owner: 'managed',
      copy: path,
    })),
    {
      path: 'test/generated/examples.ts',
      owner: 'managed',
      template: 'test/generated/examples.ts.hbs',
      view: { examples: Object.fromEntries(examples) },
    },
  ];
};
