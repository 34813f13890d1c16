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

/** `<<` (YAML 1.1 merge keys), which the core schema leaves out and people use. */
const merge = new yaml.Type('tag:yaml.org,2002:merge', {
  kind: 'scalar',
  resolve: (data: unknown) => data === '<<',
});

/** YAML 1.2 core schema (no timestamps: dates stay text) with merge keys and any tags. */
const schema = yaml.CORE_SCHEMA.extend({ implicit: [merge], explicit: anyTag });

/**
 * Parses one YAML document; repeated keys are tolerated. `RangeError` is thrown when the nesting exhausts the stack.
 */
export function parseYaml(text: string): { value: unknown } | { problem: YamlProblem } {
  try {
    return { value: yaml.load(text, { schema, json: true }) };
  } catch (error) {
    if (!(error instanceof yaml.YAMLException)) throw error;
    const { line, column } = error.mark ?? { line: 0, column: 0 };
    return { problem: { why: error.reason, line: line + 1, column: column + 1 } };
  }
}
