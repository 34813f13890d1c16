import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Validator } from '@cfworker/json-schema';
import { afterAll, afterEach, beforeEach, expect } from 'vitest';
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
  return { code, out, err: withoutTimes(err) };
}

/** What was written to stderr but for the phases that took long on a busy machine. */
export function withoutTimes(err: string): string {
  return err.replace(/^.* \(\d+\.\d s\)\n/gm, '');
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

/** What `--json` printed, after it was checked against the published schema of the command. */
export function jsonOf(name: string, { out }: Outcome): any {
  const file = new URL(`../../schemas/${name}.schema.json`, import.meta.url);
  const validator = new Validator(JSON.parse(readFileSync(file, 'utf8')), '2020-12', false);
  const value = JSON.parse(out);
  const { errors } = validator.validate(value);
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 1));
  return value;
}

/**
 * What `--format github` printed, read as a runner of GitHub reads workflow commands, after every line was checked against the
 * published schema.
 */
export function annotationsOf({ out }: Outcome): Record<string, string>[] {
  const file = new URL('../../schemas/annotation.schema.json', import.meta.url);
  const validator = new Validator(JSON.parse(readFileSync(file, 'utf8')), '2020-12', false);
  const lines = out === '' ? [] : out.replace(/\n$/, '').split('\n');
  return lines.map((line) => {
    if (!validator.validate(line).valid) throw new Error(`not an annotation: ${line}`);
    const [, level = '', words = '', message = ''] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? [];
    const unescaped = (text: string, signs: Record<string, string>) =>
      text.replace(/%[0-9A-F]{2}/g, (code) => signs[code] ?? code);
    const data = { '%25': '%', '%0D': '\r', '%0A': '\n' };
    const pairs = words.split(',').map((word): [string, string] => {
      const at = word.indexOf('=');
      const value = unescaped(word.slice(at + 1), { ...data, '%3A': ':', '%2C': ',' });
      return [word.slice(0, at), value];
    });
    return { level, ...Object.fromEntries(pairs), message: unescaped(message, data) };
  });
}

/** Changes a file. */
export function edit(file: string, change: (text: string) => string): void {
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`${file} has nothing to change`);
  writeFileSync(file, after);
}

/** A project made from `petsYaml`, made once and copied for each test. */
export function petsProjects(): { copyTo: (dir: string) => Promise<string>; remove: () => void } {
  const { dir: base, remove } = temporaryFolder();
  let made: Promise<unknown> | undefined;
  return {
    copyTo: async (dir) => {
      writeFileSync(join(base, 'openapi.yaml'), petsYaml);
      made ??= cli(base, ['openapi.yaml', 'out', '--quiet']);
      await made;
      cpSync(join(base, 'out'), join(dir, 'out'), { recursive: true });
      writeFileSync(join(dir, 'openapi.yaml'), petsYaml);
      return join(dir, 'out');
    },
    remove,
  };
}

/** Before each test a project made from `petsYaml` in `out` (`root`) of a new folder (`dir`), which is gone after it. */
export function eachInPetsProject(given: (made: { dir: string; root: string }) => void): void {
  const projects = petsProjects();
  let remove: () => void;
  beforeEach(async () => {
    const folder = temporaryFolder();
    remove = folder.remove;
    given({ dir: folder.dir, root: await projects.copyTo(folder.dir) });
  });
  afterEach(() => remove());
  afterAll(() => projects.remove());
}

/** What check says by hashes, which generating everything must say too. */
export async function checkBoth(cwd: string, flags: string[]): Promise<Outcome> {
  const quick = await cli(cwd, ['check', 'out', ...flags]);
  const full = await cli(cwd, ['check', 'out', '--full', ...flags]);
  expect(full).toEqual(quick);
  return quick;
}

/** What was printed, by lines. */
export function linesOf({ out }: Outcome): string[] {
  return out.trimEnd().split('\n');
}

/** Runs git in a folder, without the settings of whoever runs the tests. */
export function git(cwd: string, ...args: string[]): string {
  const identity = [
    '-c',
    'user.name=t',
    '-c',
    'user.email=t@example.com',
    '-c',
    'commit.gpgsign=false',
  ];
  return execFileSync('git', [...identity, ...args], { cwd, encoding: 'utf8' });
}

/** Makes a folder a repository with one commit. */
export function commitAll(cwd: string): void {
  git(cwd, 'init', '--quiet', '--initial-branch=main');
  git(cwd, 'add', '--all');
  git(cwd, 'commit', '--quiet', '--message', 'x');
}

/** One tool less, one more, one argument less. */
export const nextPetsYaml = petsYaml
  .replace(/ {2}\/store[^]*?(?=components:)/, '')
  .replace('        - { name: limit, in: query, schema: { type: integer } }\n', '')
  .replace('      parameters:\n      responses', '      responses')
  .replace(
    'components:',
    '  /pets/{id}:\n    get:\n      operationId: getPet\n      summary: Get a pet\n      parameters:\n' +
      '        - { name: id, in: path, required: true, schema: { type: string } }\n' +
      '      responses: { "204": { description: ok } }\ncomponents:',
  );
