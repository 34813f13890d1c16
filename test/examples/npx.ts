import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { referenceServers } from '../federation/reference-servers.js';

const MEMORY = '@modelcontextprotocol/server-memory';

/** Where the servers that examples start with `npx` are installed; undefined, with a message, where they cannot be. */
export const installed = await referenceServers();

/** A PATH whose `npx -y <name>@<version>` starts the server that is installed, in that version alone, and fetches nothing. */
export async function pathWithNpx(folder: string): Promise<string> {
  const path = process.env['PATH'] ?? '';
  if (installed === undefined) return path;
  const server = join(installed, MEMORY);
  const facts = JSON.parse(await readFile(join(server, 'package.json'), 'utf8')) as {
    version: string;
  };
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'npx');
  const text = `#!/bin/sh
[ "$*" = "-y ${MEMORY}@${facts.version}" ] || exit 1
exec "${process.execPath}" "${join(server, 'dist/index.js')}"
`;
  await writeFile(file, text);
  await chmod(file, 0o755);
  return `${folder}${delimiter}${path}`;
}
