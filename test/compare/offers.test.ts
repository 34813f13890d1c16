import { describe, expect, it } from 'vitest';
import { compareWhole, type Surface } from '../../src/blueprint/compare.js';
import type { ListedPrompt, ListedResource } from '../../src/blueprint/listed-offers.js';

const surface = (resources: ListedResource[], prompts: ListedPrompt[] = []): Surface => ({
  tools: [],
  offers: { resources, prompts },
});

const told = (before: Surface, after: Surface) =>
  compareWhole(before, after).map(({ class: kind, code, tool, pointer, message }) => [
    kind,
    code,
    tool,
    pointer,
    message,
  ]);

const guide: ListedResource = { uri: 'docs://guide', name: 'guide', mimeType: 'text/markdown' };
const pet: ListedResource = { uri: 'shop://pets/{petId}', name: 'pet' };

describe('resources', () => {
  it.each<[string, ListedResource[], ListedResource[], unknown[]]>([
    ['nothing', [guide, pet], [pet, guide], []],
    [
      'removed',
      [guide, pet],
      [pet],
      [['breaking', 'resource-removed', 'resource docs://guide', '', 'was removed']],
    ],
    [
      'added',
      [pet],
      [guide, pet],
      [['safe', 'resource-added', 'resource docs://guide', '', 'was added']],
    ],
    [
      'another template',
      [pet],
      [{ ...pet, uri: 'shop://animals/{petId}' }],
      [
        [
          'breaking',
          'resource-moved',
          'resource shop://animals/{petId}',
          '/uri',
          'moved from shop://pets/{petId}',
        ],
      ],
    ],
    [
      'another name',
      [guide],
      [{ ...guide, name: 'manual' }],
      [
        [
          'risky',
          'resource-renamed',
          'resource docs://guide',
          '/name',
          'is named manual, was guide',
        ],
      ],
    ],
    [
      'another type and title',
      [guide],
      [{ uri: guide.uri, name: guide.name, title: 'Guide' }],
      [
        [
          'risky',
          'resource-type-changed',
          'resource docs://guide',
          '/mimeType',
          'is of no type, was text/markdown',
        ],
        ['risky', 'title-changed', 'resource docs://guide', '/title', 'the title changed'],
      ],
    ],
  ])('%s', (_, before, after, wanted) => {
    expect(told(surface(before), surface(after))).toEqual(wanted);
  });
});

const greet: ListedPrompt = {
  name: 'greet',
  arguments: [{ name: 'who', required: true }, { name: 'how' }],
};
const withArguments = (...all: NonNullable<ListedPrompt['arguments']>) => ({
  ...greet,
  arguments: all,
});

describe('prompts', () => {
  it.each<[string, ListedPrompt[], ListedPrompt[], unknown[]]>([
    ['removed', [greet], [], [['breaking', 'prompt-removed', 'prompt greet', '', 'was removed']]],
    ['added', [], [greet], [['safe', 'prompt-added', 'prompt greet', '', 'was added']]],
    [
      'an argument removed',
      [greet],
      [withArguments({ name: 'who', required: true })],
      [
        [
          'breaking',
          'argument-removed',
          'prompt greet',
          '/arguments/how',
          'argument how was removed',
        ],
      ],
    ],
    [
      'required otherwise, and one more of either kind',
      [greet],
      [
        withArguments(
          { name: 'who' },
          { name: 'how', required: true },
          { name: 'when', required: true },
          { name: 'why' },
        ),
      ],
      [
        [
          'breaking',
          'argument-became-required',
          'prompt greet',
          '/arguments/how',
          'argument how is required now',
        ],
        [
          'breaking',
          'argument-added-required',
          'prompt greet',
          '/arguments/when',
          'argument when was added and is required',
        ],
        [
          'safe',
          'argument-became-optional',
          'prompt greet',
          '/arguments/who',
          'argument who is optional now',
        ],
        ['safe', 'argument-added', 'prompt greet', '/arguments/why', 'argument why was added'],
      ],
    ],
    [
      'words',
      [greet],
      [{ ...greet, description: 'Greets.' }],
      [['risky', 'description-changed', 'prompt greet', '/description', 'the description changed']],
    ],
  ])('%s', (_, before, after, wanted) => {
    expect(told(surface([], before), surface([], after))).toEqual(wanted);
  });
});

it('a change has one id, wherever it stands and whatever else changed', () => {
  const [alone] = compareWhole(surface([guide], [greet]), surface([], [greet]));
  const [among] = compareWhole(surface([guide, pet], [greet]), surface([pet]));
  expect(among?.code).toBe('prompt-removed');
  const again = compareWhole(surface([guide, pet], [greet]), surface([pet])).at(-1);
  expect([again?.code, again?.id]).toEqual(['resource-removed', alone?.id]);
});
