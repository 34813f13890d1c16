import type { FileAnswer } from './file-answer.js';
import type { InnerAction } from './perform.js';

export type FileRequest = { source: string; action: InnerAction; args: unknown };

/** `told` is for the caller, `detail` for the log alone. */
export type FileReply =
  { ok: true; answer: FileAnswer } | { ok: false; told: string } | { ok: false; detail: string };
