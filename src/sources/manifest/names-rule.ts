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
