import { z } from 'zod';
import { sourceScopes } from './auth.js';
import {
  FILE_PATTERN,
  hasReferencesOnly,
  NO_REFERENCE,
  referencesIn,
  variablePattern,
} from '../reference.js';
import { namesRule, prefixRule } from './names-rule.js';
import { whenUnavailable } from './when-unavailable.js';

/** Text with `${NAME}` or `${NAME:-default}` in it. */
const filledIn = z
  .string()
  .min(1)
  .max(2_000)
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'must be one line')
  .refine(hasReferencesOnly, { message: NO_REFERENCE });

const SECRET_NAME = /auth|token|key|secret|passw|cookie|credential/i;

/** Headers or variables: what looks like a secret comes from the environment. */
const values = (name: RegExp) =>
  z
    .record(z.string().regex(name, 'must be the name of a header or variable'), filledIn)
    .superRefine((record, context) => {
      for (const [key, value] of Object.entries(record)) {
        if (!SECRET_NAME.test(key) || referencesIn(value).length > 0) continue;
        const message = 'must be taken from the environment, as ${NAME}: it looks like a secret';
        context.addIssue({ code: 'custom', path: [key], message });
      }
    });

const http = z.strictObject({
  url: z
    .string()
    .regex(
      new RegExp(
        `^(?:https?:\\/\\/[^\\s/@?#]+(?:\\/[^\\s@]*)?|${variablePattern('https?:\\/\\/[^\\s{}@]+')}|${FILE_PATTERN})$`,
      ),
      'must be an http(s) address, ${NAME}, ${NAME:-https://…} or ${file:/run/secrets/name}',
    )
    .refine(hasReferencesOnly, { message: NO_REFERENCE })
    .describe('Address of Streamable HTTP'),
  headers: values(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/).optional(),
});

const stdio = z.strictObject({
  command: z
    .array(filledIn)
    .min(1)
    .max(50)
    .describe('Program and arguments; no shell reads them: [npx, -y, some-server, "${FOLDER}"]'),
  env: values(/^[A-Za-z_][A-Za-z0-9_]{0,100}$/)
    .optional()
    .describe('All that the process sees of the environment besides PATH and HOME'),
});

const pattern = z.string().min(1).max(500);

/** Another MCP server, by what it listed when it was read. */
export const mcpSource = z.strictObject({
  mcp: z.string().min(1).describe('Pinned snapshot below the project: specs/<id>.json'),
  connect: z
    .array(z.union([http, stdio]))
    .min(1)
    .max(8)
    .describe('Where it is; the first that answers is used, the others stand in for it'),
  title: z.string().min(1).max(200).optional(),
  names: namesRule,
  scopes: sourceScopes,
  prefix: prefixRule('tools and prompts'),
  include: z
    .array(pattern)
    .optional()
    .describe('Only these: names of tools and prompts, URIs of resources, with *'),
  exclude: z.array(pattern).optional().describe('Not these, in the same form'),
  onChange: z
    .enum(['refuse', 'report'])
    .optional()
    .describe('What happens to a tool that is not as it was pinned; refuse unless given'),
  whenUnavailable: whenUnavailable.describe(
    'hide: what it offers is listed only while it answers; list unless given',
  ),
  timeoutMs: z
    .int()
    .min(100)
    .max(600_000)
    .optional()
    .describe('Of one request; 30,000 unless given'),
});

export type McpEntry = z.infer<typeof mcpSource>;
