import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const CORPUS = fileURLToPath(new URL('../../../../shared/corpus/sql/', import.meta.url));

/** Path of a schema of the corpus, e.g. `postgres/chinook.sql`; undefined where there is none: skip the test with a message then. */
export function corpusFile(name: string): string | undefined {
  const file = CORPUS + name;
  return existsSync(file) ? file : undefined;
}

export function corpusText(name: string): string {
  return readFileSync(CORPUS + name, 'utf8');
}
