import type { JsonSchema } from '../blueprint/types.js';

const MAX_DEFAULT = 60;

/** The bounds of a value and its default in a few words, e.g. `1 to 100, default 20`; empty where there are none. */
export function limitsLabel(schema: JsonSchema): string {
  const { exclusiveMinimum: above, exclusiveMaximum: below } = schema;
  return [
    between(schema.minimum, schema.maximum, ''),
    typeof above === 'number' ? `above ${above}` : '',
    typeof below === 'number' ? `below ${below}` : '',
    between(schema.minLength, schema.maxLength, 'character'),
    between(schema.minItems, schema.maxItems, 'item'),
    schema.default === undefined ? '' : `default ${shortened(JSON.stringify(schema.default))}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function between(min: unknown, max: unknown, unit: string): string {
  const [from, to] = [typeof min === 'number', typeof max === 'number'];
  if (from && to && min !== max) return `${min} to ${counted(max, unit)}`;
  if (from) return min === max ? counted(min, unit) : `at least ${counted(min, unit)}`;
  return to ? `at most ${counted(max, unit)}` : '';
}

function counted(number: unknown, unit: string): string {
  if (unit === '') return `${number}`;
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}

function shortened(text: string): string {
  return text.length > MAX_DEFAULT ? `${text.slice(0, MAX_DEFAULT)}…` : text;
}
