import { z } from 'zod';
import type { Setting } from '../../blueprint/types.js';
import { readReference, referencesIn, replaceReferences } from '../reference.js';

/** A value that must not stand in mcp.yaml: `${NAME}`, or `${file:/run/secrets/name}`. */
export const secretSetting = z.string().refine(isWithoutFallback, {
  message: 'must be ${NAME} or ${file:/run/secrets/name}: secrets do not belong into mcp.yaml',
});

function isWithoutFallback(text: string): boolean {
  const reference = readReference(text);
  return reference !== undefined && reference.fallback === undefined;
}

/**
 * The same value with `${NAME}` for each `${file:/path/name}`, and the files by variable: whoever starts the server may set the
 * variable, or another file with `NAME_FILE`.
 */
export function withoutFiles<Value>(value: Value): { value: Value; files: Map<string, string> } {
  const files = new Map<string, string>();
  const read = (part: unknown): unknown => {
    if (typeof part === 'string') {
      return replaceReferences(part, ({ env, fallback, file }) => {
        if (file !== undefined) files.set(env, file);
        return fallback === undefined ? `\${${env}}` : `\${${env}:-${fallback}}`;
      });
    }
    if (Array.isArray(part)) return part.map(read);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, read(item)]));
  };
  return { value: read(value) as Value, files };
}

/** Says of the settings of an entry of mcp.yaml, read without its files, which lie in these and which it names without a default. */
export function markSettings(
  settings: readonly Setting[],
  { value, files }: ReturnType<typeof withoutFiles>,
): void {
  const named = namesIn(value);
  for (const setting of settings) {
    if (setting.required && named.has(setting.env)) setting.named = true;
    const path = files.get(setting.env);
    // What somebody keeps in a file is not to be shown, whatever it is.
    if (path !== undefined) Object.assign(setting, { file: path, secret: true });
  }
}

/** The files that a value names, and the variables that they stand for. */
export function filesIn(value: unknown): { variable: string; path: string }[] {
  return referencesIn(JSON.stringify(value) ?? '').flatMap(({ env, file }) =>
    file === undefined ? [] : [{ variable: env, path: file }],
  );
}

/** The variables that a value names without a default, anywhere in it. */
function namesIn(value: unknown): Set<string> {
  const references = referencesIn(JSON.stringify(value) ?? '');
  return new Set(
    references.flatMap(({ env, fallback, file }) =>
      fallback === undefined && file === undefined ? [env] : [],
    ),
  );
}
