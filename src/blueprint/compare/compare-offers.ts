import type { RecordedOffers, RecordedPrompt, RecordedResource } from '../recorded-offers.js';
import type { ChangeCode } from './change.js';
import { compareCallers } from './compare-callers.js';
import { toolChange, type ToolChange } from './tool-change.js';

/** A change of what is no tool; `of` names it: `prompt greet`, `resource docs://guide`. */
export type OfferChange = ToolChange & { of: string };

/** What changed in resources, by their URIs, and in prompts, by their names. */
export function compareOffers(before: RecordedOffers, after: RecordedOffers): OfferChange[] {
  return [...compareResources(before.resources, after.resources), ...comparePrompts(before, after)];
}

function compareResources(
  before: readonly RecordedResource[],
  after: readonly RecordedResource[],
): OfferChange[] {
  const kept = new Map(after.map((one) => [one.uri, one]));
  const gone = before.filter(({ uri }) => !kept.has(uri));
  const known = new Set(before.map(({ uri }) => uri));
  const added = after.filter(({ uri }) => !known.has(uri));
  const pairs: [RecordedResource, RecordedResource][] = before.flatMap((old) => {
    const now = kept.get(old.uri) ?? added.find(({ name }) => name === old.name);
    return now === undefined ? [] : [[old, now]];
  });
  const moved = new Set(pairs.flatMap((pair) => pair));
  const change = (of: RecordedResource, ...rest: Parameters<typeof toolChange>): OfferChange => ({
    of: `resource ${of.uri}`,
    ...toolChange(...rest),
  });
  return [
    ...gone
      .filter((one) => !moved.has(one))
      .map((one) => change(one, 'resource-removed', '', 'was removed')),
    ...added
      .filter((one) => !moved.has(one))
      .map((one) => change(one, 'resource-added', '', 'was added')),
    ...pairs.flatMap(([old, now]) =>
      compareResource(old, now).map((found) => ({ of: `resource ${now.uri}`, ...found })),
    ),
  ];
}

function compareResource(before: RecordedResource, after: RecordedResource): ToolChange[] {
  const told = (code: ChangeCode, key: 'uri' | 'name' | 'mimeType', message: string) =>
    before[key] === after[key]
      ? []
      : [toolChange(code, `/${key}`, message, { before: before[key], after: after[key] })];
  return [
    ...told('resource-moved', 'uri', `moved from ${before.uri}`),
    ...told('resource-renamed', 'name', `is named ${after.name}, was ${before.name}`),
    ...told(
      'resource-type-changed',
      'mimeType',
      `is ${after.mimeType ?? 'of no type'}, was ${before.mimeType ?? 'of no type'}`,
    ),
    ...words(before, after),
    ...compareCallers(before.scopes, after.scopes),
  ];
}

function comparePrompts(before: RecordedOffers, after: RecordedOffers): OfferChange[] {
  const now = new Map(after.prompts.map((one) => [one.name, one]));
  const old = new Map(before.prompts.map((one) => [one.name, one]));
  const named = (name: string, changes: ToolChange[]): OfferChange[] =>
    changes.map((found) => ({ of: `prompt ${name}`, ...found }));
  return [
    ...before.prompts.flatMap((one) => {
      const other = now.get(one.name);
      if (other !== undefined) return named(one.name, comparePrompt(one, other));
      return named(one.name, [toolChange('prompt-removed', '', 'was removed')]);
    }),
    ...after.prompts
      .filter(({ name }) => !old.has(name))
      .flatMap(({ name }) => named(name, [toolChange('prompt-added', '', 'was added')])),
  ];
}

function comparePrompt(before: RecordedPrompt, after: RecordedPrompt): ToolChange[] {
  const now = new Map((after.arguments ?? []).map((one) => [one.name, one]));
  const old = new Map((before.arguments ?? []).map((one) => [one.name, one]));
  const at = (name: string) => `/arguments/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const told = (code: ChangeCode, name: string, message: string) =>
    toolChange(code, at(name), `argument ${name} ${message}`);
  return [
    ...words(before, after),
    ...compareCallers(before.scopes, after.scopes),
    ...[...old.values()].flatMap((argument) => {
      const { name } = argument;
      const other = now.get(name);
      if (other === undefined) return [told('argument-removed', name, 'was removed')];
      const [was, is] = [argument.required === true, other.required === true];
      return [
        ...(!was && is ? [told('argument-became-required', name, 'is required now')] : []),
        ...(was && !is ? [told('argument-became-optional', name, 'is optional now')] : []),
        ...(argument.description === other.description && argument.title === other.title
          ? []
          : [told('field-description-changed', name, 'is described otherwise')]),
      ];
    }),
    ...[...now.values()]
      .filter(({ name }) => !old.has(name))
      .map(({ name, required }) =>
        required === true
          ? told('argument-added-required', name, 'was added and is required')
          : told('argument-added', name, 'was added'),
      ),
  ];
}

type Words = { title?: string; description?: string };

function words(before: Words, after: Words): ToolChange[] {
  return (['title', 'description'] as const).flatMap((key) => {
    const [old, now] = [before[key] ?? '', after[key] ?? ''];
    if (old === now) return [];
    const values = { before: old, after: now };
    return [toolChange(`${key}-changed`, `/${key}`, `the ${key} changed`, values)];
  });
}
