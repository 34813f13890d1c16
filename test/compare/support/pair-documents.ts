import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SurfaceTool } from '../../../src/blueprint/compare.js';
import type { Blueprint } from '../../../src/blueprint/types.js';
import { surfaceOf } from '../../../src/cli/surface/surface.js';
import { readBlueprint } from '../../../src/sources/read-blueprint.js';
import { createLoader } from '../../../src/sources/read/loader.js';
import { parseDocument } from '../../../src/sources/read/parse-document.js';

/** Folders with two states of a document each; a checkout beside the repository may have them. */
export const PAIRS = fileURLToPath(
  new URL('../../../../shared/corpus/openapi/dev/pairs', import.meta.url),
);

export type PairState = {
  blueprint: Blueprint;
  surface: SurfaceTool[];
  /** The parsed document. */
  document: Record<string, unknown>;
};

/** Names of the pairs that are there. */
export function pairNames(): string[] {
  return existsSync(PAIRS) ? readdirSync(PAIRS).sort() : [];
}

export function notesOf(pair: string): string {
  return readFileSync(join(PAIRS, pair, 'NOTES.md'), 'utf8');
}

/** Reads one state of a pair as the generator does. */
export async function readState(pair: string, state: 'old' | 'new'): Promise<PairState> {
  const file = readdirSync(join(PAIRS, pair)).find((name) => name.startsWith(`${state}.`));
  const load = createLoader({ base: join(PAIRS, pair) });
  const blueprint = await readBlueprint(
    {
      manifestVersion: 1,
      name: pair,
      version: '1.0.0',
      sources: { api: { openapi: file! } },
      serve: { transports: ['stdio'] },
    },
    { load },
  );
  const { text } = (await load.readEntry(file!))!;
  return {
    blueprint,
    surface: JSON.parse(JSON.stringify(surfaceOf(blueprint).tools)) as SurfaceTool[],
    document: parseDocument(text, file!).value as Record<string, unknown>,
  };
}
