import { z } from 'zod';

/** Of a step or an item: how expressions refer to it. */
const REFERENCE = /^[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*$/;

const reference = z
  .string()
  .max(64)
  .regex(REFERENCE, 'must be a letter, then letters, digits, "_" and "-"')
  .refine(
    (name) => !['args', 'steps', 'and', 'or', 'not', 'in', 'true', 'false', 'null'].includes(name),
    {
      message: 'is a word of expressions: choose another name',
    },
  );

const step = z
  .strictObject({
    id: reference
      .optional()
      .describe('What its result is known by, steps.<id>; the name of the tool unless given'),
    call: z.string().min(1).describe('Name of the tool that is called'),
    with: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('Its arguments: values, and texts with ${args.x}, ${steps.y.z}, ${item}'),
    when: z
      .union([z.string().min(1), z.boolean()])
      .optional()
      .describe('The step is left out unless this holds: steps.find.total > 0'),
    forEach: z
      .union([z.string().min(1), z.array(z.unknown())])
      .optional()
      .describe('One call for each item of this list: steps.find.rows'),
    as: reference.optional().describe('What the item is called; item unless given'),
    concurrency: z.int().min(1).max(32).optional().describe('Calls at a time; 4 unless given'),
    onError: z
      .enum(['fail', 'skip', 'continue'])
      .optional()
      .describe('fail: the whole fails; skip: it has no result; continue: its result is { error }'),
  })
  .superRefine((given, context) => {
    for (const key of ['as', 'concurrency'] as const) {
      if (given.forEach !== undefined || given[key] === undefined) continue;
      context.addIssue({
        code: 'custom',
        path: [key],
        message: 'it needs forEach: a list to go through',
      });
    }
  });

/** What `tools.<name>` has besides when it is made of calls of other tools. */
export const stepsSchema = z
  .array(step)
  .min(1)
  .max(50)
  .describe('Calls of other tools, one after the other');
