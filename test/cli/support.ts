import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { run } from '../../src/cli/run.js';

export type Outcome = { code: number; out: string; err: string };

/** Runs a command line in this process, without terminal, cache or colours. */
export async function cli(
  cwd: string,
  argv: string[],
  options: { stdin?: string; signal?: AbortSignal; env?: Record<string, string> } = {},
): Promise<Outcome> {
  let out = '';
  let err = '';
  const code = await run(argv, {
    cwd,
    env: { PATH: process.env['PATH'], CREATE_MCP_SERVER_CACHE: 'off', ...options.env },
    stdin: Readable.from(options.stdin === undefined ? [] : [options.stdin]),
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    signal: options.signal ?? new AbortController().signal,
  });
  return { code, out, err };
}

/** A new folder, and how to remove it. */
export function temporaryFolder(): { dir: string; remove: () => void } {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'cli-')));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** A small document: two tags, a bad reference, an operation without id. */
export const petsYaml = `openapi: 3.1.0
info:
  title: Tiny Pets API
  version: 1.0.0
servers:
  - url: https://api.example.com/v1
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      summary: List pets
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: { type: array, items: { $ref: "#/components/schemas/Pett" } }
  /store/orders/{id}:
    delete:
      operationId: deleteOrder
      tags: [store]
      summary: Delete an order
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses: { "204": { description: gone } }
components:
  schemas:
    Pet: { type: object, properties: { name: { type: string } } }
`;
