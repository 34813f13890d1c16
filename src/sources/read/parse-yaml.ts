import yaml from 'js-yaml';

/** YAML that breaks the rules or holds what data cannot hold. Lines and columns count from 1. */
export type YamlProblem = { why: string; line: number; column: number };

/** Tags mean nothing here: whatever carries one is read as the plain value below it. */
const anyTag = (['scalar', 'sequence', 'mapping'] as const).flatMap((kind) =>
  ['!', 'tag:'].map(
    (prefix) =>
      new yaml.Type(prefix, { kind, multi: true, construct: (data: unknown) => data ?? '' }),
  ),
);

const MERGE = 'tag:yaml.org,2002:merge';

/** `<<` (YAML 1.1 merge keys), which the core schema leaves out and people use. */
const merge = new yaml.Type(MERGE, {
  kind: 'scalar',
  resolve: (data: unknown) => data === '<<',
});

/** YAML 1.2 core schema (no timestamps: dates stay text) with merge keys and any tags. */
const schema = yaml.CORE_SCHEMA.extend({ implicit: [merge], explicit: anyTag });

/** Most keys that merges may copy in one text; each costs time and memory though nobody wrote it. */
export const MAX_MERGED = 1_000_000;

/** The keys that merge keys copy are too many. */
export class TooManyMerged extends Error {}

/**
 * Parses one YAML document; repeated keys are tolerated. Throws `RangeError` when the nesting exhausts the stack, and
 * `TooManyMerged`.
 */
export function parseYaml(text: string): { value: unknown } | { problem: YamlProblem } {
  try {
    return { value: yaml.load(text, { schema, json: true, listener: countMerged() }) };
  } catch (error) {
    if (!(error instanceof yaml.YAMLException)) throw error;
    const { line, column } = error.mark ?? { line: 0, column: 0 };
    return { problem: { why: error.reason, line: line + 1, column: column + 1 } };
  }
}

/** Told of every node that begins and ends, counts what each `<<` is about to copy. */
function countMerged(): (event: yaml.EventType, state: yaml.State) => void {
  let depth = 0;
  let merged = 0;
  /** Depths at which a merge key has been read and its value has not. */
  const waiting = new Set<number>();
  return (event, state) => {
    if (event === 'open') {
      depth += 1;
      return;
    }
    depth -= 1;
    const { result, tag } = state as yaml.State & { tag?: string };
    if (waiting.delete(depth)) {
      for (const source of [result as unknown].flat()) {
        if (typeof source === 'object' && source !== null) merged += Object.keys(source).length;
      }
      if (merged > MAX_MERGED) throw new TooManyMerged();
    } else if (tag === MERGE) waiting.add(depth);
  };
}
