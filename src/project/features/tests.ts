import { callOf } from '../../blueprint/binding.js';
import type { Source } from '../../blueprint/types.js';
import { callExample } from '../call-example.js';
import type { Feature } from '../context.js';
import type { FileSpec } from '../file-spec.js';

/** The project's own tests: the same for all of a kind, over the examples of its tools. */
export const tests: Feature = ({ blueprint, copied, toolFiles }) => {
  const examples = toolFiles
    .flatMap(({ tools }) => tools)
    .map(({ tool }) => [tool.name, callExample(tool)] as const)
    .filter(([, example]) => example !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const hiding = new Set(blueprint.sources.filter(isHiding).map(({ id }) => id));
  const comingAndGoing = blueprint.tools
    .filter((tool) => hiding.has(callOf(tool)?.source ?? '') && tool.unlisted !== true)
    .map(({ name }) => name)
    .sort();
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
      view: { examples: Object.fromEntries(examples), comingAndGoing },
    },
  ];
};

/** Whether its tools are there only while it answers. */
function isHiding(source: Source): boolean {
  if (source.kind === 'mcp') return source.upstream.whenUnavailable === 'hide';
  return source.kind === 'sql' && source.database.whenUnavailable === 'hide';
}
