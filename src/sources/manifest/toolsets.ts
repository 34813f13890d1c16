import { z } from 'zod';

const toolset = z.strictObject({
  description: z
    .string()
    .min(1)
    .max(1_000)
    .describe('What models read when they choose what to switch on'),
  tools: z
    .array(z.string().min(1).max(200))
    .min(1)
    .describe('Names of tools as callers see them, with *: [delete_*, restock]'),
  enabled: z.boolean().optional().describe('false: off until it is switched on; true unless given'),
});

const NAME = /^[a-z][a-z0-9_-]{0,39}$/;

/** What MCP_TOOLSETS has another meaning for. */
const WORDS = ['all', 'none'];

export const toolsetsSchema = z.record(z.string(), toolset).superRefine((sets, context) => {
  for (const name of Object.keys(sets)) {
    const isWord = WORDS.includes(name);
    if (NAME.test(name) && !isWord) continue;
    const message = isWord
      ? 'the name must not be all or none, which MCP_TOOLSETS means otherwise'
      : 'the name must be lower case letters, digits, "_" and "-", at most 40';
    context.addIssue({ code: 'custom', path: [name], message });
  }
});

export type ToolsetEntries = z.infer<typeof toolsetsSchema>;
