import type { GetPromptResult, Prompt } from '@modelcontextprotocol/server';
import type { Completing, Completions } from './resources.js';

/** Prompts of one kind; several stand behind a server. */
export type PromptProvider = {
  prompts: readonly Prompt[];
  /** Undefined for a name that is none of these. Arguments are as the client sent them: to be checked here. */
  get: (
    name: string,
    args: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ) => Promise<GetPromptResult | undefined> | GetPromptResult | undefined;
  /** Values for an argument of a prompt, the likeliest first; undefined for a prompt that is none of these. */
  complete?: (prompt: string, completing: Completing, signal: AbortSignal) => Completions;
};
