import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installed } from '../mock/installed.mjs';

const NAME = 'openapi-mcp-generator';
export const PEER = `${NAME}@4.0.1`;

/** The program of the generator that speed is compared with, installed by npm on first use. */
export async function installPeer() {
  const folder = join(await installed(NAME, [PEER]), 'node_modules', NAME);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const program = join(folder, bin[NAME]);
  return (document, output) => [program, '--input', document, '--output', output, '--force'];
}
