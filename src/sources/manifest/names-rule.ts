import { z } from 'zod';

/** How the tools of a source are named, besides its prefix. */
export const namesRule = z
  .string()
  .regex(
    /^(?:[A-Za-z0-9_-]|\{source\})*\{name\}(?:[A-Za-z0-9_-]|\{source\})*$/,
    'must be made of {name}, {source}, letters, digits, "_" and "-"',
  )
  .optional()
  .describe('How tools are named: {source}_{name}');

/** What stands before the names; `what` says of what. */
export const prefixRule = (what: string) =>
  z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_-]{0,20}$/)
    .optional()
    .describe(`Put before the names of all ${what}`);
