import { z } from 'zod';
import { scopesSchema } from './auth.js';

const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'must be letters, digits, "_" and "-", at most 64');

/** Of an argument, or of a variable of a URI template. */
const variable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'must be letters, digits and "_"');

const values = z.record(z.string(), z.unknown());

const completion = z
  .union([
    z.array(z.string()).min(1),
    z.strictObject({
      tool: z.string().min(1).describe('Name of a tool that only reads'),
      with: values.optional().describe('Its arguments; ${args.x} are the values of the others'),
      path: z
        .string()
        .regex(
          /^(?:\[\]|[A-Za-z0-9_-]+(?:\[\])?)(?:\.[A-Za-z0-9_-]+(?:\[\])?)*$/,
          'must be like items[].name',
        )
        .describe('Where the values are in its result: items[].name'),
    }),
  ])
  .describe('Values to choose from, or a tool that finds them');

const texts = {
  title: z.string().min(1).max(200).optional().describe('What people see'),
  description: z.string().min(1).max(10_000).optional().describe('What models read'),
};

const scopes = scopesSchema
  .optional()
  .describe('OAuth scopes that callers need over HTTP, besides those of the tools behind it');

/** A file of the project that may be given away: no way up, nothing hidden. */
const projectFile = z
  .string()
  .regex(
    /^(?:[A-Za-z0-9_][A-Za-z0-9_. -]*\/)*[A-Za-z0-9_][A-Za-z0-9_. -]*$/,
    'must be a file below the project, without "..", and not hidden',
  )
  .refine(
    (path) => !/^(?:node_modules|dist|src)\//.test(path),
    'must not lie in src, dist or node_modules',
  );

const resource = z
  .strictObject({
    uri: z
      .string()
      .regex(
        /^[a-z][a-z0-9+.-]*:\/\/(?:[^\s{}<>"\\^`|]|\{[+?]?[A-Za-z_][A-Za-z0-9_,]*\})+$/,
        'must be a URI, with {name}, {+name} and {?a,b} where variables stand',
      )
      .optional()
      .describe('URI or URI template; resource://<name> unless given'),
    ...texts,
    mimeType: z
      .string()
      .regex(/^[a-z]+\/[A-Za-z0-9.+-]+(?:; ?charset=[A-Za-z0-9-]+)?$/, 'must be a media type')
      .optional(),
    text: z
      .string()
      .max(1_000_000)
      .optional()
      .describe('The content itself; ${args.x} are variables'),
    file: projectFile.optional().describe('A file of the project'),
    tool: z
      .string()
      .min(1)
      .optional()
      .describe('A tool that only reads; its result is the content'),
    with: values.optional().describe('Arguments of the tool; variables go to those of their name'),
    complete: z.record(variable, completion).optional(),
    scopes,
  })
  .superRefine((entry, context) => {
    const given = (['text', 'file', 'tool'] as const).filter((key) => entry[key] !== undefined);
    if (given.length !== 1) {
      const message = 'it must have one of text, file and tool';
      context.addIssue({ code: 'custom', path: [], message });
    }
    if (entry.with !== undefined && entry.tool === undefined)
      context.addIssue({ code: 'custom', path: ['with'], message: 'with needs a tool' });
  });

const message = z
  .strictObject({
    role: z.enum(['user', 'assistant']).default('user'),
    text: z.string().min(1).max(100_000).optional().describe('${args.x} are the arguments'),
    resource: z.string().min(1).optional().describe('URI of a resource that is put in'),
    tool: z
      .string()
      .min(1)
      .optional()
      .describe('A tool that only reads; each block of its result is a message'),
    with: values.optional().describe('Arguments of the tool'),
  })
  .superRefine((entry, context) => {
    const given = (['text', 'resource', 'tool'] as const).filter((key) => entry[key] !== undefined);
    if (given.length !== 1) {
      const text = 'it must have one of text, resource and tool';
      context.addIssue({ code: 'custom', path: [], message: text });
    }
    if (entry.with !== undefined && entry.tool === undefined)
      context.addIssue({ code: 'custom', path: ['with'], message: 'with needs a tool' });
  });

const prompt = z.strictObject({
  ...texts,
  arguments: z
    .record(
      variable,
      z.strictObject({
        title: z.string().min(1).max(200).optional(),
        description: z.string().min(1).max(2_000).optional(),
        required: z.boolean().optional(),
        complete: completion.optional(),
      }),
    )
    .optional(),
  messages: z.array(message).min(1).max(50),
  scopes,
});

export const resourcesSchema = z.record(name, resource).describe('What can be read, by name');
export const promptsSchema = z.record(name, prompt).describe('Prompts, by name');

export const exposeSchema = z
  .strictObject({
    resources: z
      .array(
        z
          .string()
          .regex(
            /^[A-Za-z0-9*][A-Za-z0-9_*-]*$/,
            'must be the name of a tool, or a pattern with *',
          ),
      )
      .min(1)
      .describe('Tools that only read and are resources instead: getPet, petstore_get*'),
  })
  .describe('What generated tools are instead of tools');

export type ResourceEntry = z.infer<typeof resource>;
/** Under which a resource of mcp.yaml is read: a URI, or a URI template. */
export function uriOf(name: string, { uri }: Pick<ResourceEntry, 'uri'>): string {
  return uri ?? `resource://${name}`;
}

export type PromptEntry = z.infer<typeof prompt>;
export type CompletionEntry = z.infer<typeof completion>;
