import { z } from 'zod';

const severity = z.enum(['error', 'warning', 'info']);
const step = z.enum(['major', 'minor', 'patch', 'none']);

/** Lines and columns count from 1. */
const position = {
  file: z.string().optional().describe('From the working directory, or an address'),
  line: z.int().optional(),
  column: z.int().optional(),
};

/** A message about an input. */
export const diagnosticOutput = z.object({
  code: z.string().describe('create-mcp-server explain <code> says what it means'),
  severity,
  message: z.string(),
  ...position,
  at: z.string().optional().describe('Where that is in the terms of the input'),
  fix: z.string().optional(),
});

export type DiagnosticOutput = z.infer<typeof diagnosticOutput>;

/** Something of an input that did not become a tool. */
export const skippedOutput = z.object({ what: z.string(), reason: z.string(), ...position });

/** A change of the tools that a server lists. */
export const changeOutput = z.object({
  id: z.string().describe('Does not move when lines move; approved in mcp.accepted.json'),
  class: z.enum(['breaking', 'risky', 'safe', 'unknown']),
  code: z.string(),
  tool: z.string(),
  pointer: z.string().describe('JSON pointer below the tool'),
  message: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  place: z
    .object({
      file: z.string(),
      line: z.int().optional(),
      column: z.int().optional(),
      version: z.enum(['before', 'after']).describe('Which version of the document has that line'),
    })
    .optional(),
  accepted: z.string().optional().describe('Why it was approved'),
});

/** The version of the server, and the one that the changes ask for. */
export const versionOutput = z.object({ from: z.string(), bump: step, to: z.string() });

/** What `--json` prints when a run fails: exit code 2, or 70 for a bug. */
export const failureOutput = z.object({
  ok: z.literal(false),
  exitCode: z.union([z.literal(2), z.literal(70)]),
  errors: z.array(diagnosticOutput.partial({ code: true, severity: true })),
});
