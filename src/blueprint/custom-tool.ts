import type { Deprecation } from './own-deprecation.js';
import type { CustomRequest } from './own-http.js';
import type { JsonSchema, ToolAnnotations } from './types.js';

/** What mcp.yaml says of one tool. With `input` it is a new one, written by hand. */
export type CustomTool = {
  name?: string | undefined;
  title?: string | undefined;
  description?: string | undefined;
  hidden?: boolean | undefined;
  /** OAuth scopes that callers need. */
  scopes?: string[] | undefined;
  /** A resource instead of a tool. */
  as?: 'resource' | undefined;
  deprecated?: Deprecation | undefined;
  /** Put before the description. */
  descriptionPrefix?: string | undefined;
  /** Relative to the project. */
  handler?: string | undefined;
  /** Of a tool that is made of calls of others. */
  steps?: CustomStep[] | undefined;
  /** With expressions; the result of the last step where it is left out. */
  result?: unknown;
  deadlineMs?: number | undefined;
  /** Of a tool that is one request. */
  http?: CustomRequest | undefined;
  input?: JsonSchema | undefined;
  /** Combinators may stand at the root of the input. */
  combinedInput?: boolean | undefined;
  output?: JsonSchema | undefined;
  annotations?: { [Hint in keyof ToolAnnotations]?: boolean | undefined } | undefined;
};

/** A step as mcp.yaml has it, with expressions in its values. */
export type CustomStep = {
  id?: string | undefined;
  call: string;
  with?: Record<string, unknown> | undefined;
  when?: string | boolean | undefined;
  forEach?: string | unknown[] | undefined;
  as?: string | undefined;
  concurrency?: number | undefined;
  onError?: 'fail' | 'skip' | 'continue' | undefined;
};
