import type { JsonSchema } from '../../blueprint/types.js';
import { isObject } from './node.js';
import { objectView, resolved, type ObjectView } from './object-view.js';

/** What the one part of a form is called where the document names none. */
export const UNNAMED_PART = 'file';

/** Most schemas that a choice between forms is followed into. */
const MAX_SCHEMAS = 200;

/**
 * The parts of a multipart body. Of a choice between forms these are the parts of all of them, of which the upstream takes
 * what it wants: files must become parts of their own. Bytes that are given no name are one part.
 */
export function formView(
  schema: JsonSchema,
  named: ReadonlyMap<string, JsonSchema>,
): ObjectView | undefined {
  const shape = resolved(schema, named);
  if (isUnnamed(shape)) {
    const file = { type: 'string', format: 'binary' };
    return viewOf({ [UNNAMED_PART]: file }, new Set([UNNAMED_PART]), false);
  }
  return objectView(schema, named) ?? unionView(schema, named, { left: MAX_SCHEMAS });
}

/** Whether a form is described as bytes or text, or not at all. */
export function isUnnamed(shape: JsonSchema): boolean {
  return shape['type'] === 'string' || saysNothing(shape);
}

/** Whether any value would do. */
export function saysNothing(shape: JsonSchema): boolean {
  return !Object.keys(shape).some((keyword) => !TEXTS.has(keyword));
}

const TEXTS: ReadonlySet<string> = new Set(['description', 'title', 'examples', 'deprecated']);

function unionView(
  schema: JsonSchema,
  named: ReadonlyMap<string, JsonSchema>,
  work: { left: number },
): ObjectView | undefined {
  work.left -= 1;
  if (work.left < 0) return undefined;
  const { oneOf, anyOf, allOf, ...own } = resolved(schema, named);
  const inner = (list: unknown): (ObjectView | undefined)[] =>
    (Array.isArray(list) ? list.filter(isObject) : []).map(
      (one) => objectView(one, named) ?? unionView(one, named, work),
    );
  const all = [objectView(own, named), ...inner(allOf)];
  const choices = [inner(oneOf), inner(anyOf)].filter(({ length }) => length > 0);
  const views = [...all, ...choices.map(eitherOf)];
  return views.reduce((sum, view) => (sum && view ? merged(sum, view, 'both') : undefined));
}

function eitherOf(views: readonly (ObjectView | undefined)[]): ObjectView | undefined {
  return views.reduce((sum, view) => (sum && view ? merged(sum, view, 'either') : undefined));
}

function merged(a: ObjectView, b: ObjectView, how: 'both' | 'either'): ObjectView {
  const properties = { ...a.properties };
  for (const [name, schema] of Object.entries(b.properties)) {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const isSame = known === undefined || JSON.stringify(known) === JSON.stringify(schema);
    properties[name] = isSame || how === 'both' ? schema : { anyOf: [known, schema] };
  }
  const required =
    how === 'both'
      ? new Set([...a.required, ...b.required])
      : new Set([...a.required].filter((name) => b.required.has(name)));
  const view = viewOf(properties, required, a.isOpen || b.isOpen);
  return how === 'either'
    ? view
    : { ...view, needs: [...a.needs, ...b.needs], together: [...a.together, ...b.together] };
}

function viewOf(
  properties: Record<string, JsonSchema>,
  required: ReadonlySet<string>,
  isOpen: boolean,
): ObjectView {
  return { properties, required, isOpen, needs: [], together: [] };
}
