/**
 * What a text of mcp.yaml takes from the environment: `${NAME}`, `${NAME:-default}`, or `${file:/run/secrets/name}`, which
 * lies in a file unless its variable is set.
 */
export type Reference = { env: string; fallback?: string; file?: string };

/** `${NAME}`, or with what may be the default (a regular expression) `${NAME:-…}`, as the source of a regular expression. */
export function variablePattern(fallback?: string): string {
  const given = fallback === undefined ? '' : `(?::-${fallback})?`;
  return `\\$\\{[A-Za-z_][A-Za-z0-9_]*${given}\\}`;
}

/** `${file:/run/secrets/name}`, as the source of a regular expression. */
export const FILE_PATTERN = '\\$\\{file:\\/[A-Za-z0-9._/-]+\\}';

/** With what a default may consist of. */
const pattern = (fallback: string) =>
  `\\$\\{(?:file:(?<file>\\/[A-Za-z0-9._/-]+)|(?<env>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<fallback>${fallback}))?)\\}`;

const REFERENCES = new RegExp(pattern('[^{}]*'), 'g');
const WHOLE = new RegExp(`^${pattern('.*')}$`, 's');

/** The reference that a text is; undefined for other text. */
export function readReference(text: string | undefined): Reference | undefined {
  const match = WHOLE.exec(text ?? '');
  return match ? referenceOf(match.groups) : undefined;
}

/** The references in a text, in their order. */
export function referencesIn(text: string): Reference[] {
  return [...text.matchAll(REFERENCES)].map(({ groups }) => referenceOf(groups));
}

/** The text with something in the place of each reference. */
export function replaceReferences(text: string, by: (reference: Reference) => string): string {
  return text.replace(REFERENCES, (...match) => by(referenceOf(match.at(-1))));
}

/** Whether every `${` in a text begins a reference: others would be sent as they stand. */
export function hasReferencesOnly(text: string): boolean {
  return readReference(text) !== undefined || !replaceReferences(text, () => '').includes('${');
}

/** Whether a text is one reference, or has none: where only the whole of it may come from the environment. */
export function isWholeReference(text: string): boolean {
  const reference = readReference(text);
  return !(reference ? (reference.fallback ?? '') : text).includes('${');
}

export const ONLY_WHOLE =
  'must come from the environment as a whole where it has ${…}: ${NAME}, ${NAME:-default} or ${file:/run/secrets/name}';

/** What is wrong with a text that has others. */
export const NO_REFERENCE =
  'has a ${…} that nothing fills in: write ${NAME}, ${NAME:-default} or ${file:/run/secrets/name}';

/** The variable that a file stands in for: `/run/secrets/db-url` → `DB_URL`. */
export function variableOfFile(path: string): string {
  const base = path.split('/').pop() ?? '';
  const name = base
    .replace(/\.[A-Za-z0-9]+$/, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return /^[A-Z]/.test(name) ? name : `SECRET_${name}`;
}

function referenceOf(groups: Record<string, string | undefined> = {}): Reference {
  const { file, env = '', fallback } = groups;
  if (file !== undefined) return { env: variableOfFile(file), file };
  return { env, ...(fallback !== undefined && { fallback }) };
}
