import type {
  ReadResourceResult,
  Resource,
  ResourceTemplateType,
} from '@modelcontextprotocol/server';
import type { Caller } from './calls/caller.js';
import type { Watch } from './changes/watching.js';
import type { ServerTool } from './tool.js';

/** What is typed so far for an argument of a template, and the values of the others. */
export type Completing = { name: string; value: string; others: Readonly<Record<string, string>> };

/** The values that fit; undefined where nothing is known of what is to be completed. */
export type Completions = Promise<readonly string[] | undefined> | readonly string[] | undefined;

/** What answering would ask of this server itself: tools by name, resources by URI. */
export type Needs = {
  tools?: readonly string[];
  uris?: readonly string[];
  /** Whose resources or prompts are asked for, by the id of the source, and which prompt. */
  source?: string;
  prompt?: string;
  /** Which own resource is asked for, by its URI or template. */
  resource?: string;
  /** Tools that give the same, the likest first: who lacks what all of a kind ask for does not get it this way either. */
  like?: readonly ((tool: ServerTool) => boolean)[];
};

/** Resources of one kind; several stand behind a server. */
export type ResourceProvider = {
  resources: readonly Resource[];
  templates: readonly ResourceTemplateType[];
  /** Undefined for a URI that is none of these. */
  read: (
    uri: string,
    signal: AbortSignal,
    caller?: Caller,
  ) =>
    | Promise<ReadResourceResult['contents'] | undefined>
    | ReadResourceResult['contents']
    | undefined;
  /** Tells of changes of what stands behind a URI until it is stopped; undefined for a URI of which it knows none. */
  watch?: (uri: string, updated: () => void) => Watch | undefined;
  /** Values for an argument of a template, the likeliest first; undefined for a template that is none of these. */
  complete?: (template: string, completing: Completing, signal: AbortSignal) => Completions;
  /** For reading, or for completing an argument; undefined for what is none of these, or needs nothing. */
  needs?: (asked: { uri: string } | { template: string; argument: string }) => Needs | undefined;
};
