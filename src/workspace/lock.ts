import { z } from 'zod';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';
import { mergeMarkerLine } from './merge-markers.js';
import { isProjectPath } from './paths.js';
import type { Owner } from './project-file.js';

export const LOCK_PATH = 'mcp.lock.json';

/** What the last run wrote and from what; maps, because paths are foreign names. */
export type Lock = {
  /** Version of the generator. */
  generator: string;
  /** Input path (mcp.yaml, specs/…) → SHA-256. */
  inputs: Map<string, string>;
  /** Tool → what it calls, so that a tool under another name is known again. */
  tools: Map<string, LockedTool>;
  files: Map<string, LockedFile>;
  /** Key below `tools` in mcp.yaml → what it stands for there, of those that no input has any more. */
  gone?: Map<string, GoneTool>;
};

/** `sha256` of what was written; `seen`, for a seed, of what it would be written as since, told once. */
export type LockedFile = { owner: Owner; sha256: string; seen?: string };

/**
 * `operation` is e.g. `petstore GET /pets`; `security` the alternatives: schemes with their scopes; `request` how arguments
 * leave, as `describeRequest` words it; `inputDigest` as in Tool.
 */
export type LockedTool = {
  operation: string;
  security?: Record<string, string[]>[];
  request?: Record<string, string>;
  inputDigest?: string;
};

/** `handler` is the module that would run in place of the request; it is kept. */
export type GoneTool = { handler?: string };

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256');
const lockSchema = z.object({
  generator: z.string(),
  inputs: z.record(z.string(), sha256),
  tools: z
    .record(
      z.string(),
      z.object({
        operation: z.string(),
        security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
        request: z.record(z.string(), z.string()).optional(),
        inputDigest: z.string().optional(),
      }),
    )
    .default({}),
  gone: z.record(z.string(), z.object({ handler: z.string().optional() })).default({}),
  files: z.record(
    z.string(),
    z.object({
      owner: z.enum(['managed', 'seed', 'merged', 'user']),
      sha256,
      seen: sha256.optional(),
    }),
  ),
});

/** Reads `mcp.lock.json`; every path in it is checked. Throws an InputError (MCP502). */
export function parseLock(text: string): Lock {
  const value = jsonOf(text);
  const version = (value as { lockVersion?: unknown } | null)?.lockVersion;
  if (typeof version === 'number' && version > 1) {
    throw broken(`lockVersion: ${version} was written by a newer create-mcp-server`);
  }
  if (version !== 1) throw broken('lockVersion: is missing');
  const parsed = lockSchema.safeParse(value);
  if (!parsed.success) throw broken(describe(parsed.error));
  const { generator, inputs, tools, files, gone } = parsed.data;
  const foreign = [...Object.keys(inputs), ...Object.keys(files)].find(
    (path) => !isProjectPath(path),
  );
  if (foreign !== undefined) throw broken(`"${foreign}" is not a path in the project`);
  return {
    generator,
    inputs: new Map(Object.entries(inputs)),
    tools: new Map(Object.entries(tools).map(([name, tool]) => [name, tool as LockedTool])),
    files: new Map(Object.entries(files) as [string, LockedFile][]),
    gone: new Map(Object.entries(gone) as [string, GoneTool][]),
  };
}

/** Text of `mcp.lock.json`: sorted, one entry to a line, without times or absolute paths. */
export function writeLock({ generator, inputs, tools, files, gone }: Lock): string {
  const lines = [
    '"lockVersion": 1',
    `"generator": ${JSON.stringify(generator)}`,
    `"inputs": ${entries(inputs)}`,
    `"tools": ${entries(tools)}`,
    ...(gone && gone.size > 0 ? [`"gone": ${entries(gone)}`] : []),
    `"files": ${entries(files)}`,
  ];
  return `{\n  ${lines.join(',\n  ')}\n}\n`;
}

function entries(map: ReadonlyMap<string, unknown>): string {
  if (map.size === 0) return '{}';
  const lines = [...map]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `{\n${lines.join(',\n')}\n  }`;
}

/** Whether the user has taken a generated file over: theirs, but no input. */
export function isEjected(lock: Lock | undefined, path: string): boolean {
  return lock?.files.get(path)?.owner === 'user' && !lock.inputs.has(path);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const line = mergeMarkerLine(text);
    throw broken(line === undefined ? 'it is not JSON' : `it holds merge marks, line ${line}`);
  }
}

function describe(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue ? `${issue.path.join('.') || 'its root'}: ${issue.message}` : 'it has another shape';
}

function broken(why: string): InputError {
  return new InputError([diagnostic('MCP502', { why })]);
}
