import type { JsonSchema } from '../tool.js';
import { fitsSchema } from './schema-fit.js';
import { isRecord } from './wire-text.js';

type Structured = Record<string, unknown>;

/** Members longer than this (as JSON) go first when the whole is too long. */
const SMALL_MEMBER_CHARS = 1_000;

/**
 * A JSON response in the shape that the tool's output schema promises. Clients throw away a
 * result that does not fit, so members that differ from their documentation move to
 * `_undocumented`; nothing is lost. Lists and primitives go under `result`.
 */
export function structuredContent(value: unknown, schema: JsonSchema): Structured {
  const record = wrapped(value, schema);
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const fits = ([key, member]: [string, unknown]) =>
    fitsSchema(
      member,
      Object.hasOwn(properties, key) ? properties[key] : schema.additionalProperties,
      schema,
    );
  const entries = Object.entries(record);
  const documented = entries.filter(fits);
  if (documented.length === entries.length) return record;
  const others = entries.filter((entry) => !fits(entry));
  return withNote(Object.fromEntries(documented), schema, {
    _undocumented: Object.fromEntries(others),
  });
}

/** What is left of structured content that would be too long: its small members, and a mark. */
export function shortened(content: Structured, schema: JsonSchema, maxChars: number): Structured {
  let room = maxChars;
  const kept = Object.entries(content).filter(([, member]) => {
    const length = JSON.stringify(member).length;
    if (length > Math.min(SMALL_MEMBER_CHARS, room)) return false;
    room -= length;
    return true;
  });
  return withNote(Object.fromEntries(kept), schema, { _truncated: true });
}

/** Structured content for a response that is no JSON: empty but for a note. */
export function noteInstead(note: string, schema: JsonSchema): Structured {
  return withNote({}, schema, { _note: note });
}

/** Adds a note where the schema is open enough for it. */
function withNote(content: Structured, schema: JsonSchema, note: Structured): Structured {
  const fits = Object.values(note).every((value) =>
    fitsSchema(value, schema.additionalProperties, schema),
  );
  return fits ? { ...content, ...note } : content;
}

function wrapped(value: unknown, schema: JsonSchema): Structured {
  const properties = isRecord(schema.properties) ? schema.properties : {};
  if (!isRecord(value)) return { result: value };
  // A result of any kind is documented under `result` alone: objects are wrapped like the rest.
  const names = Object.keys(properties);
  const isWrapper = names.length === 1 && names[0] === 'result' && !Object.hasOwn(value, 'result');
  return isWrapper && fitsSchema(value, properties.result, schema) ? { result: value } : value;
}
