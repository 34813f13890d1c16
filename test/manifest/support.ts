import { readFileSync } from 'node:fs';
import { InputError } from '../../src/diagnostics/diagnostic.js';
import { createDiagnosticPrinter } from '../../src/diagnostics/format-diagnostic.js';
import type { Blueprint } from '../../src/blueprint/types.js';
import { parseManifest } from '../../src/sources/manifest/manifest.js';
import { createLoader } from '../../src/sources/read/loader.js';
import { readBlueprint } from '../../src/sources/read-blueprint.js';

const PETS = readFileSync('fixtures/petstore/openapi.yaml', 'utf8');

/** Texts of inputs by their path. */
export type Inputs = Readonly<Record<string, string>>;

/** The blueprint of a manifest over the pet shop, `specs/petstore.yaml`, and other inputs. */
export function read(text: string, inputs: Inputs = {}): Promise<Blueprint> {
  const all = Object.entries({ 'specs/petstore.yaml': PETS, ...inputs });
  const known = new Map(all.map(([file, input]) => [file, { file, text: input }]));
  const load = createLoader({ base: '/nowhere', known });
  return readBlueprint(parseManifest(text, 'mcp.yaml'), { load });
}

/** What is said of a manifest that cannot be used, as people see it. */
export async function refusal(text: string, inputs: Inputs = {}): Promise<string> {
  try {
    await read(text, inputs);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const printer = createDiagnosticPrinter(() => text);
    return error.diagnostics.map((one) => printer.full(one)).join('\n');
  }
  throw new Error('it was accepted');
}
