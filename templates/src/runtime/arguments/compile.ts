import { dereference, validate, type OutputUnit, type Schema } from '@cfworker/json-schema';
import type { JsonSchema } from '../tool.js';
import {
  counted,
  EffortError,
  MAX_PATTERN_INPUT,
  patternFormat,
  resetEffort,
  spend,
} from './effort.js';
import type { Size } from './guard.js';
import { isObject, schemaKeywords } from './schema.js';

export type { OutputUnit } from '@cfworker/json-schema';

export type CompiledSchema = {
  /** The part of the schema that decides; locations in errors point into it. */
  schema: JsonSchema;
  /**
   * Errors of the value, none when it is valid. Throws when the schema cannot be evaluated, and EffortError when that would
   * take an effort out of proportion to the value.
   */
  check: (value: unknown, size: Size) => OutputUnit[];
};

const DRAFT = '2020-12';

/** Keywords that decide by themselves. `format` is an annotation in 2020-12, and documents are often wrong about it. */
const ASSERTIONS = new Set(
  `$ref type const enum required dependentRequired multipleOf minimum maximum exclusiveMinimum exclusiveMaximum
   minLength maxLength minItems maxItems uniqueItems minContains maxContains minProperties maxProperties`.split(
    /\s+/,
  ),
);

/** Steps to follow a reference and look at a value again. */
const STEPS_PER_LOOKUP = 1_000;

/** What goes wrong in a large value is told as far as that does not take long. */
const PART_FOR_EXPLAINING = 0.1;

/** Longer arrays are not compared item by item but refused. */
export const MAX_UNIQUE_ITEMS = 1_000;

/** Interprets the schema (no code is generated). The given schema is left as it is. */
export function compileSchema(given: JsonSchema): CompiledSchema {
  const schema = decisive(given) as Schema;
  const lookup = dereference(schema);
  const namePatterns = countNamePatterns(schema);

  const run = (value: unknown, { nodes, nameSteps }: Size, stopAtFirst: boolean) => {
    resetEffort(stopAtFirst ? 1 : PART_FOR_EXPLAINING);
    spend(namePatterns * nameSteps);
    const limited = countLookups(lookup, 10_000 + 20 * nodes);
    return validate(value, schema, DRAFT, limited, stopAtFirst).errors;
  };

  const check = (value: unknown, size: Size): OutputUnit[] => {
    const first = run(value, size, true);
    if (first.length === 0) return [];
    try {
      return run(value, size, false);
    } catch {
      return first;
    }
  };
  return { schema, check };
}

/** A copy of what decides: annotations and unknown keywords may hold anything, also what looks like a schema. */
function decisive(schema: unknown): unknown {
  if (!isObject(schema)) return schema;
  const copy: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    const kind = schemaKeywords.get(keyword);
    if (kind === 'schema') copy[keyword] = decisive(value);
    else if (kind === 'list' && Array.isArray(value)) copy[keyword] = value.map(decisive);
    else if (kind === 'map' && isObject(value)) copy[keyword] = mapValues(value);
    else if (ASSERTIONS.has(keyword)) copy[keyword] = value;
  }
  return bounded(copy, schema['pattern']);
}

function mapValues(schemas: Record<string, unknown>): Record<string, unknown> {
  const copy: Record<string, unknown> = Object.create(null);
  for (const [name, schema] of Object.entries(schemas)) copy[name] = decisive(schema);
  return copy;
}

/** What takes more than one look at a value, in a form that is bounded or counted. */
function bounded(copy: Record<string, unknown>, pattern: unknown): Record<string, unknown> {
  if (Array.isArray(copy['enum'])) copy['enum'] = counted(copy['enum']);
  if (copy['uniqueItems'] === true) {
    const declared = typeof copy['maxItems'] === 'number' ? copy['maxItems'] : MAX_UNIQUE_ITEMS;
    copy['maxItems'] = Math.min(declared, MAX_UNIQUE_ITEMS);
  }
  if (typeof pattern === 'string') {
    const declared = typeof copy['maxLength'] === 'number' ? copy['maxLength'] : MAX_PATTERN_INPUT;
    copy['maxLength'] = Math.min(declared, MAX_PATTERN_INPUT);
    copy['format'] = patternFormat(pattern);
  }
  return copy;
}

/** Patterns that are matched against names, in the whole of a schema. */
function countNamePatterns(schema: unknown): number {
  if (typeof schema !== 'object' || schema === null) return 0;
  const own = isObject(schema) ? Object.keys(schema['patternProperties'] ?? {}).length : 0;
  return Object.values(schema).reduce<number>((sum, part) => sum + countNamePatterns(part), own);
}

// Alternatives that refer back to themselves can be tried in exponentially many ways; every way passes a reference.
function countLookups(lookup: Record<string, Schema | boolean>, limit: number): typeof lookup {
  let count = 0;
  return new Proxy(lookup, {
    get(schemas, location: string) {
      count += 1;
      if (count > limit) throw new EffortError();
      spend(STEPS_PER_LOOKUP);
      return schemas[location];
    },
  });
}
