import { z } from 'zod';

const VARIABLE = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;
const FILE = /\$\{file:(\/[A-Za-z0-9._/-]+)\}/;

/** A value that must not stand in mcp.yaml: `${NAME}`, or `${file:/run/secrets/name}`. */
export const secretSetting = z
  .string()
  .refine((text) => VARIABLE.test(text) || new RegExp(`^${FILE.source}$`).test(text), {
    message: 'must be ${NAME} or ${file:/run/secrets/name}: secrets do not belong into mcp.yaml',
  });

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

/**
 * The same value with `${NAME}` for each `${file:/path/name}`, and the files by variable: whoever starts the server may set the
 * variable, or another file with `NAME_FILE`.
 */
export function withoutFiles<Value>(value: Value): { value: Value; files: Map<string, string> } {
  const files = new Map<string, string>();
  const read = (part: unknown): unknown => {
    if (typeof part === 'string') {
      return part.replace(new RegExp(FILE.source, 'g'), (_, path: string) => {
        const name = variableOfFile(path);
        files.set(name, path);
        return `\${${name}}`;
      });
    }
    if (Array.isArray(part)) return part.map(read);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, read(item)]));
  };
  return { value: read(value) as Value, files };
}

/** The files that a value names, and the variables that they stand for. */
export function filesIn(value: unknown): { variable: string; path: string }[] {
  const text = JSON.stringify(value) ?? '';
  return [...text.matchAll(new RegExp(FILE.source, 'g'))].map(([, path = '']) => ({
    variable: variableOfFile(path),
    path,
  }));
}

/** The name in `${NAME}`; undefined for other text. */
export function variableOf(text: string | undefined): string | undefined {
  return VARIABLE.exec(text ?? '')?.[1];
}
