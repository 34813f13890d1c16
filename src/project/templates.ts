import { existsSync, readFileSync } from 'node:fs';

/** The generator's own files, which emitted projects are made from: next to `src/` and `dist/`. */
export const TEMPLATES = new URL('../../templates/', import.meta.url);

const texts = new Map<string, string>();

/** Text of a file; `path` is below `templates/`. */
export function readTemplate(path: string): string {
  let text = texts.get(path);
  if (text === undefined) {
    text = readFileSync(new URL(path, TEMPLATES), 'utf8');
    texts.set(path, text);
  }
  return text;
}

export function hasTemplate(path: string): boolean {
  return texts.has(path) || existsSync(new URL(path, TEMPLATES));
}
