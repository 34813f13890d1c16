import { z } from 'zod';
import { scopesSchema } from './auth.js';
import { stepsSchema } from './steps.js';

/** Names that every client accepts; `__proto__` and its like are none. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** Folders of `src/` whose files are rewritten, and the entry point. */
const GENERATED = /^src\/(?:(?:generated|runtime)\/|main\.ts$)/;

/** A TypeScript file of the user, relative to the project. */
export const ownModule = z
  .string()
  .regex(
    /^src\/(?:[A-Za-z0-9][A-Za-z0-9_-]*\/)*[A-Za-z0-9][A-Za-z0-9_-]*\.ts$/,
    'must be a .ts file below src/, its path made of letters, digits, "-" and "_"',
  )
  .refine((path) => !GENERATED.test(path), 'must not lie where files are generated');

const jsonSchema = z.record(z.string(), z.unknown());

const annotations = z.strictObject({
  readOnlyHint: z.boolean().optional(),
  destructiveHint: z.boolean().optional(),
  idempotentHint: z.boolean().optional(),
  openWorldHint: z.boolean().optional(),
});

const argument = z
  .string()
  .regex(/^\$\{args\.[A-Za-z0-9_.-]+\}$/, 'must be an argument, as in ${args.city}');

const request = z
  .strictObject({
    source: z.string().min(1).describe('Key below sources: an API'),
    method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
    path: z
      .string()
      .regex(/^\/[^\s?#]*$/, 'must begin with "/" and have no query')
      .describe('/forecast/{city}: names in braces are arguments'),
    query: z
      .record(z.string().min(1), z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .describe('Each an argument, ${args.units}, or a constant'),
    headers: z
      .record(
        z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'must be the name of a header'),
        argument,
      )
      .optional(),
    body: z
      .union([argument, z.record(z.string().min(1), argument)])
      .optional()
      .describe('One argument, or an object of arguments'),
    contentType: z.enum(['application/json', 'application/x-www-form-urlencoded']).optional(),
  })
  .refine(({ body, contentType }) => body !== undefined || contentType === undefined, {
    path: ['contentType'],
    message: 'it needs a body',
  });

const customTool = z
  .strictObject({
    name: z
      .string()
      .regex(NAME, 'must be letters, digits, "_" and "-", at most 64')
      .optional()
      .describe('Name under which the tool is listed, in place of its key'),
    title: z.string().min(1).max(200).optional().describe('What people see'),
    description: z.string().min(1).max(10_000).optional().describe('What models read'),
    hidden: z.boolean().optional().describe('true: the server does not have this tool'),
    as: z
      .literal('resource')
      .optional()
      .describe('resource: the result of this tool is read by URI instead'),
    deprecated: z
      .union([
        z.boolean(),
        z.strictObject({
          successor: z.string().min(1).optional().describe('Name of the tool to use instead'),
          message: z.string().min(1).max(500).optional().describe('Why, and until when'),
        }),
      ])
      .optional()
      .describe('Said first in the description; the tool works as before'),
    descriptionPrefix: z.string().min(1).max(500).optional().describe('Put before the description'),
    handler: ownModule
      .optional()
      .describe('File whose function "handler" runs when the tool is called'),
    input: jsonSchema
      .optional()
      .describe('JSON Schema of the arguments; makes this a tool written by hand'),
    combinedInput: z
      .boolean()
      .optional()
      .describe(
        'true: allOf, anyOf, oneOf, not, if, then and else may stand at the root of input. Clients hand them on, but several APIs of models refuse every tool of such a list',
      ),
    output: jsonSchema.optional().describe('JSON Schema of the result of a tool written by hand'),
    steps: stepsSchema.optional(),
    result: z
      .unknown()
      .optional()
      .describe('What a tool made of steps answers; the result of the last step unless given'),
    deadlineMs: z
      .int()
      .min(10)
      .max(600_000)
      .optional()
      .describe('For all steps together, in milliseconds'),
    http: request.optional().describe('The one request that a tool without code makes'),
    scopes: scopesSchema
      .optional()
      .describe('OAuth scopes that callers need over HTTP, all of them; serve.auth checks them'),
    annotations: annotations.optional().describe('What the tool says of its behaviour'),
  })
  .superRefine((tool, context) => {
    const want = (key: 'handler' | 'description' | 'input', message: string) =>
      tool[key] === undefined && context.addIssue({ code: 'custom', path: [], message });
    if (tool.output !== undefined)
      want('input', 'output needs input: only a tool written by hand has one');
    if (tool.combinedInput !== undefined)
      want('input', 'combinedInput needs input: only a tool written by hand has one');
    if (tool.steps === undefined && (tool.result !== undefined || tool.deadlineMs !== undefined))
      context.addIssue({ code: 'custom', path: [], message: 'result and deadlineMs need steps' });
    if (tool.http !== undefined) {
      if (tool.input === undefined)
        want('input', 'a tool with http needs an input: { type: object }');
      for (const key of ['handler', 'steps'] as const) {
        if (tool[key] === undefined) continue;
        context.addIssue({ code: 'custom', path: [key], message: `http leaves nothing to ${key}` });
      }
      want('description', 'a tool with http needs a description');
      return;
    }
    if (tool.steps !== undefined) {
      if (tool.input === undefined)
        want('input', 'a tool with steps needs an input: { type: object, properties: … }');
      if (tool.handler !== undefined)
        context.addIssue({
          code: 'custom',
          path: ['handler'],
          message: 'steps leave nothing to a handler',
        });
      want('description', 'a tool with steps needs a description');
      return;
    }
    if (tool.input === undefined) return;
    want('handler', 'a tool with input needs a handler (src/handlers/<name>.ts), steps or http');
    want('description', 'a tool with input needs a description');
  });

/** `tools:` of mcp.yaml, by the name that a tool is generated with or, for a new one, by its own. */
export const customTools = z
  .record(
    z
      .string()
      .regex(
        /^[A-Za-z0-9*][A-Za-z0-9_*-]{0,63}$/,
        'must be letters, digits, "_" and "-", at most 64, or a pattern with "*"',
      ),
    customTool,
  )
  .superRefine((tools, context) => {
    for (const [key, tool] of Object.entries(tools)) {
      if (!key.includes('*')) continue;
      for (const name of Object.keys(tool)) {
        if (FOR_PATTERNS.includes(name)) continue;
        const message = `a pattern can only have ${FOR_PATTERNS.join(', ')}`;
        context.addIssue({ code: 'custom', path: [key, name], message });
      }
    }
  });

/** What several tools can have in common. */
const FOR_PATTERNS = ['hidden', 'annotations', 'descriptionPrefix', 'deprecated', 'as', 'scopes'];
