import { callExample } from '../call-example.js';
import type { Feature } from '../context.js';
import type { FileSpec } from '../file-spec.js';

const FOR_ALL = [
  'arguments.test.ts',
  'protocol.test.ts',
  'run.ts',
  'support/call.ts',
  'support/clients.ts',
];

const FOR_APIS = [
  'errors.test.ts',
  'requests.test.ts',
  'support/apis.ts',
  'support/arrival.ts',
  'support/upstream.ts',
];

/** The project's own tests: the same for all of a kind, over the examples of its tools. */
export const tests: Feature = ({ blueprint, toolFiles }) => {
  const examples = toolFiles
    .flatMap(({ tools }) => tools)
    .map(({ tool }) => [tool.name, callExample(tool)] as const)
    .filter(([, example]) => example !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const has = (kind: string) => blueprint.sources.some((source) => source.kind === kind);
  const files = [...FOR_ALL, ...(has('http') ? FOR_APIS : [])];
  return [
    ...files.map((file): FileSpec => ({
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
