import type { JsonSchema } from '../blueprint/types.js';

const MAX_DEFAULT = 60;

/** The bounds of a value and its default in a few words, e.g. `1 to 100, default 20`; empty where there are none. */
export function limitsLabel(schema: JsonSchema): string {
  const { exclusiveMinimum: above, exclusiveMaximum: below } = schema;
  return [
    between(schema.minimum, schema.maximum, ''),
    typeof above === 'number' ? `above ${above}` : '',
    typeof below === 'number' ? `below ${below}` : '',
    between(schema.minLength, schema.maxLength, ' characters'),
    between(schema.minItems, schema.maxItems, ' items'),
    schema.default === undefined ? '' : `default ${shortened(JSON.stringify(schema.default))}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function between(min: unknown, max: unknown, unit: string): string {
  const [from, to] = [typeof min === 'number', typeof max === 'number'];
  if (from && to) return min === max ? `${min}${unit}` : `${min} to ${max}${unit}`;
  if (from) return `at least ${min}${unit}`;
  return to ? `at most ${max}${unit}` : '';
}

function shortened(text: string): string {
  return text.length > MAX_DEFAULT ? `${text.slice(0, MAX_DEFAULT)}…` : text;
}
