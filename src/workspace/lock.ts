import { z } from 'zod';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';
import { isProjectPath } from './paths.js';
import { hashOfFile, type Owner, type ProjectFile } from './project-file.js';
import type { Step } from './reconcile.js';

export const LOCK_PATH = 'mcp.lock.json';

/** What the last run wrote and from what; maps, because paths are foreign names. */
export type Lock = {
  /** Version of the generator. */
  generator: string;
  /** Input path (mcp.yaml, specs/…) → SHA-256. */
  inputs: Map<string, string>;
  files: Map<string, LockedFile>;
};

export type LockedFile = { owner: Owner; sha256: string };

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256');
const lockSchema = z.object({
  lockVersion: z.literal(1),
  generator: z.string(),
  inputs: z.record(z.string(), sha256),
  files: z.record(
    z.string(),
    z.object({ owner: z.enum(['managed', 'seed', 'merged', 'user']), sha256 }),
  ),
});

/** Reads `mcp.lock.json`; every path in it is checked. Throws an InputError (MCP502). */
export function parseLock(text: string): Lock {
  const parsed = lockSchema.safeParse(jsonOf(text));
  if (!parsed.success) throw broken(describe(parsed.error));
  const { generator, inputs, files } = parsed.data;
  const foreign = [...Object.keys(inputs), ...Object.keys(files)].find(
    (path) => !isProjectPath(path),
  );
  if (foreign !== undefined) throw broken(`"${foreign}" is not a path in the project`);
  return {
    generator,
    inputs: new Map(Object.entries(inputs)),
    files: new Map(Object.entries(files)),
  };
}

/** Text of `mcp.lock.json`: sorted, without times or absolute paths. */
export function writeLock(lock: Lock): string {
  const content = {
    lockVersion: 1,
    generator: lock.generator,
    inputs: sorted(lock.inputs),
    files: sorted(lock.files),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/**
 * The lock after `steps` were taken. A file that was kept keeps its entry, so that it stays known as edited or as
 * deleted; one that is no longer generated is forgotten. `user` files are the inputs.
 */
export function nextLock(
  before: Lock | undefined,
  steps: readonly Step[],
  rendered: readonly ProjectFile[],
  generator: string,
): Lock {
  const byPath = new Map(rendered.map((file) => [file.path, file]));
  const files = new Map<string, LockedFile>();
  for (const { path, owner, action } of steps) {
    const file = byPath.get(path);
    if (!file) continue;
    const known = before?.files.get(path);
    if (action !== 'keep') files.set(path, { owner, sha256: hashOfFile(file) });
    else if (known) files.set(path, known);
  }
  const inputs = rendered.filter((file) => file.owner === 'user');
  return {
    generator,
    inputs: new Map(inputs.map((file) => [file.path, hashOfFile(file)])),
    files,
  };
}

function sorted<Value>(map: ReadonlyMap<string, Value>): Record<string, Value> {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw broken('it is not JSON');
  }
}

function describe(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue ? `${issue.path.join('.') || 'its root'}: ${issue.message}` : 'it has another shape';
}

function broken(why: string): InputError {
  return new InputError([diagnostic('MCP502', { why })]);
}
