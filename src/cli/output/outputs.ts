import { z } from 'zod';
import {
  changeOutput,
  diagnosticOutput,
  failureOutput,
  skippedOutput,
  versionOutput,
} from './common.js';

const action = z.enum([
  'create',
  'restore',
  'update',
  'merge',
  'delete',
  'unchanged',
  'keep',
  'conflict',
]);

const document = {
  skipped: z.array(skippedOutput),
  findings: z.array(diagnosticOutput).describe('What was found in the inputs'),
};

const atStart = z
  .object({ tools: z.int(), tokens: z.int() })
  .optional()
  .describe('Those that are listed when the server starts; absent unless toolsets are off then');

const scaffold = z.object({
  ok: z.literal(true),
  command: z.literal('scaffold'),
  dryRun: z.boolean(),
  dir: z.string(),
  name: z.string(),
  source: z.string(),
  tools: z.int(),
  tokens: z.int().describe('About what the tool list costs a model'),
  atStart,
  files: z.array(z.object({ path: z.string(), action })),
  ...document,
  installed: z.boolean(),
  next: z.array(z.string()).describe('Commands to go on with'),
  repeat: z.string().describe('The command that makes the same project'),
  seconds: z.number(),
});

const cost = z.object({ tools: z.int(), tokens: z.int() });

const inspectedDatabase = z.object({
  id: z.string(),
  dialect: z.enum(['postgres', 'mysql', 'sqlite']),
  profile: z.enum(['typed', 'hybrid', 'generic']),
  costs: z.object({ typed: cost, hybrid: cost, generic: cost }),
  tables: z.array(
    z.object({
      name: z.string(),
      view: z.boolean(),
      columns: z.int(),
      masked: z.array(z.string()),
      key: z.array(z.string()),
      uniques: z.array(z.array(z.string())),
      relations: z.array(
        z.object({
          name: z.string(),
          table: z.string(),
          columns: z.array(z.string()),
          many: z.boolean(),
        }),
      ),
      writes: z.array(z.string()),
    }),
  ),
});

const inspect = z.object({
  ok: z.literal(true),
  command: z.literal('inspect'),
  source: z.string(),
  title: z.string(),
  tokens: z.int(),
  atStart,
  tools: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      description: z.string(),
      group: z.string(),
      does: z
        .string()
        .describe('What a call does: the request, the statement, the file of its handler'),
      method: z.string().optional(),
      path: z.string().optional(),
      tokens: z.int(),
      arguments: z.array(z.object({ name: z.string(), type: z.string(), required: z.boolean() })),
    }),
  ),
  databases: z.array(inspectedDatabase).optional(),
  ...document,
});

const steps = z.object({
  ok: z.boolean(),
  command: z.enum(['regenerate', 'diff']),
  dir: z.string(),
  written: z.boolean(),
  tools: z.int(),
  tokens: z.int(),
  atStart,
  changes: z
    .array(changeOutput)
    .optional()
    .describe('Of the tool surface; absent where one path alone was asked for'),
  version: versionOutput.extend({ written: z.boolean() }),
  files: z.array(
    z.object({
      path: z.string(),
      owner: z.enum(['managed', 'seed', 'merged', 'user']),
      action,
      reason: z.string(),
      patch: z.string().optional().describe('Unified diff, with --patch'),
    }),
  ),
  warnings: z.array(diagnosticOutput).describe('Values of package.json that both sides changed'),
  ...document,
});

const add = steps.extend({
  command: z.literal('add'),
  kind: z.enum(['openapi', 'sql', 'filesystem', 'mcp', 'tool', 'prompt', 'resource']),
  id: z.string().describe('Key in mcp.yaml of what was added'),
  added: z.array(z.string()).describe('Names of the tools that are new'),
  next: z.array(z.string()).describe('What to do now'),
});

const check = z.object({
  ok: z.boolean(),
  exitCode: z.union([z.literal(0), z.literal(1)]),
  command: z.literal('check'),
  dir: z.string(),
  inStep: z
    .boolean()
    .describe('Whether there are no findings; changes since a ref are no findings'),
  full: z.boolean().describe('Whether everything was generated to compare, or hashes were a proof'),
  generator: z.object({ lock: z.string().optional(), version: z.string() }),
  findings: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['error', 'warning', 'info']),
      message: z.string(),
      file: z.string().describe('From the working directory'),
      path: z.string().describe('From the folder of the project'),
      fix: z.string().optional(),
    }),
  ),
  warnings: z
    .array(diagnosticOutput)
    .describe('Overrides of tools that are gone, and handlers that never run: no findings'),
  upstream: z
    .array(z.object({ id: z.string(), url: z.string(), moved: z.boolean() }))
    .optional()
    .describe('With --refresh'),
  since: z
    .object({
      against: z.string(),
      failOn: z.enum(['breaking', 'risky', 'none']),
      version: versionOutput,
      changes: z.array(changeOutput.extend({ failing: z.boolean() })),
    })
    .optional()
    .describe('With --against'),
});

const eject = z.object({
  ok: z.literal(true),
  command: z.literal('eject'),
  dir: z.string(),
  path: z.string(),
});

const kind = z.enum(['breaking', 'risky', 'safe', 'unknown']);
const explain = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']).optional(),
  class: z
    .object({ input: kind, output: kind })
    .optional()
    .describe('Of a change, in what a tool takes and in what it gives'),
  message: z.string().optional().describe('Of a message: its text, with <names> for the facts'),
  explain: z.string(),
  fix: z.string().optional().describe('What to do about it, in the same form'),
});

/** A workflow command of GitHub: in properties `%`, CR, LF, `:` and `,` are escaped, in the text the first three. */
const annotation = z
  .string()
  .regex(/^::(?:error|warning) file=[^:,\r\n]+(?:,line=\d+,col=\d+)?,title=[^:,\r\n]+::[^\r\n]+$/)
  .describe('One line of check --format github');

/**
 * What `--json` prints, by command; `failure` is what all of them print when they fail, and `annotation` a line of
 * `check --format github`.
 */
export const outputs = {
  annotation,
  scaffold,
  add,
  inspect,
  regenerate: steps,
  diff: steps,
  check,
  eject,
  explain,
  failure: failureOutput,
};

export type CheckOutput = z.infer<typeof check>;
