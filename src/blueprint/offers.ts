import type { Origin } from '../diagnostics/diagnostic.js';
import type { Expression } from './steps.js';

/** Something to be read; without `origin` it is what the emitted runtime documents as `OwnResource`. */
export type Resource = {
  name: string;
  title?: string;
  description?: string;
  mimeType?: string;
  /** A URI, or a URI template (RFC 6570). */
  uri: string;
  content:
    { text: Expression } | { file: string } | { tool: string; with: Record<string, Expression> };
  complete?: Record<string, Completion>;
  origin: Origin;
};

/** Without `origin` it is what the emitted runtime documents as `OwnPrompt`. */
export type Prompt = {
  name: string;
  title?: string;
  description?: string;
  arguments: { name: string; title?: string; description?: string; required: boolean }[];
  messages: ({ role: 'user' | 'assistant' } & (
    | { text: Expression }
    | { resource: Expression }
    | { tool: string; with: Record<string, Expression> }
  ))[];
  complete?: Record<string, Completion>;
  origin: Origin;
};

export type Completion =
  { values: string[] } | { tool: string; with: Record<string, Expression>; path: string[] };

/** Names of the variables of a URI template, in their order. */
export function uriVariables(uri: string): string[] {
  return [...uri.matchAll(/\{[+?]?([A-Za-z0-9_,]+)\}/g)].flatMap(([, names]) => names!.split(','));
}
