import { readFileSync } from 'node:fs';
import { InputError } from '../../src/diagnostics/diagnostic.js';
import { createDiagnosticPrinter } from '../../src/diagnostics/format-diagnostic.js';
import type { Blueprint } from '../../src/blueprint/types.js';
import { parseManifest } from '../../src/sources/manifest/manifest.js';
import { createLoader } from '../../src/sources/read/loader.js';
import { readBlueprint } from '../../src/sources/read-blueprint.js';

const PETS = readFileSync('fixtures/petstore/openapi.yaml', 'utf8');

/** The blueprint of a manifest over the pet shop, `specs/petstore.yaml`. */
export function read(text: string): Promise<Blueprint> {
  const known = new Map([['specs/petstore.yaml', { file: 'specs/petstore.yaml', text: PETS }]]);
  const load = createLoader({ base: '/nowhere', known });
  return readBlueprint(parseManifest(text, 'mcp.yaml'), { load });
}

/** What is said of a manifest that cannot be used, as people see it. */
export async function refusal(text: string): Promise<string> {
  try {
    await read(text);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const printer = createDiagnosticPrinter(() => text);
    return error.diagnostics.map((one) => printer.full(one)).join('\n');
  }
  throw new Error('it was accepted');
}
