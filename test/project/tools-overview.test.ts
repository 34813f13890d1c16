import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../../src/blueprint/types.js';
import { headingAnchors } from '../../src/project/heading-anchors.js';
import { limitsLabel } from '../../src/project/limits-label.js';
import { smallBlueprint } from '../support/blueprint.js';
import { renderBlueprint, textOf } from '../support/render.js';

/** The small project with the groups given; more tools of its own kind where there are more groups. */
function grouped(groups: string[]) {
  const blueprint = smallBlueprint();
  const [first] = blueprint.tools;
  const tools = groups.map((group, index) => ({ ...first!, name: `send_${index}`, group }));
  return { ...blueprint, tools };
}

const overview = async (groups: string[]) =>
  textOf(await renderBlueprint(grouped(groups)), 'TOOLS.md');

describe('TOOLS.md', () => {
  it('keeps groups as they are named, with one tool too, and links each', async () => {
    const text = await overview(['pages', 'Pages', 'Stations', '']);
    expect(text).toContain(`
- [Other](#other) (1)
- [Pages](#pages) (1)
- [Stations](#stations) (1)
- [pages](#pages-1) (1)
`);
  });

  it('groups by names where many tools all stand alone', async () => {
    const text = await overview(Array.from({ length: 20 }, (_, index) => `/send${index}`));
    expect(text).toContain('\n- [send](#send) (20)\n');
  });

  it('links titles with underscores, and no others that viewers disagree on', async () => {
    const text = await overview(['repair_part', 'a.b']);
    expect(text).toContain('\n- a.b (1)\n- [repair_part](#repair_part) (1)\n');
  });

  it.each([
    ['One page, from\nthe first on.\n\nMore.', 'One page, from the first on.'],
    ['Filters:\n- a\n- b', 'Filters:'],
    ['Takes\n1. a file', 'Takes'],
  ])('shows the first paragraph of %j', async (description, shown) => {
    const blueprint = grouped(['pages']);
    const tools = blueprint.tools.map((tool) => ({ ...tool, description }));
    const text = textOf(await renderBlueprint({ ...blueprint, tools }), 'TOOLS.md');
    expect(text).toContain(`\n### send_0\n\n${shown}\n`);
  });

  it('shows limits and defaults of arguments', async () => {
    const text = textOf(await renderBlueprint(smallBlueprint()), 'TOOLS.md');
    expect(text).toContain('| argument | type | required | limits | description |\n');
    expect(text).toContain('| `limit` | `integer` |  | 1 to 100 |  |\n');
  });
});

describe('headingAnchors', () => {
  it('numbers what is there already, with names of tools and with its own numbers', () => {
    const anchors = ['Pages', 'pages', 'pages-1', 'List pets', 'list_pets', 'PAGES', 'a.b'].map(
      headingAnchors(),
    );
    expect(anchors).toEqual([
      'pages',
      'pages-1',
      'pages-1-1',
      'list-pets',
      'list_pets',
      'pages-2',
      'ab',
    ]);
  });
});

describe('limitsLabel', () => {
  it.each<[JsonSchema, string]>([
    [{ type: 'string' }, ''],
    [{ minimum: 1, maximum: 100, default: 20 }, '1 to 100, default 20'],
    [{ minimum: 0 }, 'at least 0'],
    [{ maximum: 5 }, 'at most 5'],
    [{ exclusiveMinimum: 0, exclusiveMaximum: 1 }, 'above 0, below 1'],
    [{ minLength: 3, maxLength: 3 }, '3 characters'],
    [{ minLength: 1 }, 'at least 1 character'],
    [{ minItems: 1, maxItems: 1 }, '1 item'],
    [{ minItems: 1, maxItems: 50 }, '1 to 50 items'],
    [{ default: 'cat' }, 'default "cat"'],
    [{ default: null }, 'default null'],
    [{ default: 'x'.repeat(70) }, `default "${'x'.repeat(59)}…`],
  ])('%j is "%s"', (schema, want) => {
    expect(limitsLabel(schema)).toBe(want);
  });
});
