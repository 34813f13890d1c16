import type { GetPromptResult, Prompt } from '@modelcontextprotocol/server';
import type { Caller } from './calls/caller.js';
import type { Completing, Completions, Needs } from './resources.js';

/** Prompts of one kind; several stand behind a server. */
export type PromptProvider = {
  prompts: readonly Prompt[];
  /** Undefined for a name that is none of these. Arguments are as the client sent them: to be checked here. */
  get: (
    name: string,
    args: Readonly<Record<string, string>>,
    signal: AbortSignal,
    caller?: Caller,
  ) => Promise<GetPromptResult | undefined> | GetPromptResult | undefined;
  /** Values for an argument of a prompt, the likeliest first; undefined for a prompt that is none of these. */
  complete?: (prompt: string, completing: Completing, signal: AbortSignal) => Completions;
  /** For getting one, or for completing an argument; undefined for what is none of these, or needs nothing. */
  needs?: (
    asked:
      { name: string; args: Readonly<Record<string, string>> } | { name: string; argument: string },
  ) => Needs | undefined;
};
