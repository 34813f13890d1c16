import { z } from 'zod';
import { sourceScopes } from './auth.js';
import { FILE_PATTERN, isWholeReference, ONLY_WHOLE, variablePattern } from '../reference.js';
import { namesRule, prefixRule } from './names-rule.js';

const selector = z.union([
  z.string().min(1),
  z.strictObject({ tag: z.string().min(1) }),
  z.strictObject({ operationId: z.string().min(1) }),
]);

const constant = z.union([
  z.string().refine(isWholeReference, { message: ONLY_WHOLE }),
  z.number(),
  z.boolean(),
]);

const ADDRESS = 'https?:\\/\\/[^\\s/]+\\S*';

/** An API, by its OpenAPI document. */
export const openapiSource = z.strictObject({
  openapi: z
    .string()
    .min(1)
    .describe('Path of the pinned document below the project, or an http(s) address'),
  baseUrl: z
    .string()
    .regex(
      new RegExp(`^(?:${ADDRESS}|${variablePattern(`(?:${ADDRESS})?`)}|${FILE_PATTERN})$`),
      'must be an http(s) address, ${NAME}, ${NAME:-https://…} or ${file:/run/secrets/name}',
    )
    .refine(isWholeReference, { message: ONLY_WHOLE })
    .optional()
    .describe('Address of the API: a URL, ${NAME} or ${NAME:-https://…}'),
  documentUrl: z
    .string()
    .refine((text) => !text.includes('${'), {
      message: 'must be the address itself: nothing fills in ${…} here',
    })
    .optional()
    .describe('Where the document came from; relative server URLs start there'),
  include: z
    .array(selector)
    .optional()
    .describe('Only these: tag:pets, /store/**, GET /store/**, operationId'),
  exclude: z.array(selector).optional().describe('Not these, in the same form'),
  names: namesRule,
  scopes: sourceScopes,
  prefix: prefixRule('tools'),
  credentials: z
    .enum(['documented', 'always'])
    .optional()
    .describe('When to send what is set in the environment: as documented, or with every call'),
  parameters: z
    .record(
      z.string().min(1).max(200),
      z.union([
        constant,
        z.array(
          constant.refine((value) => !String(value).includes('${'), {
            message: 'must be a constant: only the whole value may come from the environment',
          }),
        ),
      ]),
    )
    .optional()
    .describe(
      'Parameters that the model is not asked for, by their names in the document: constants, ${NAME}, ${NAME:-default}',
    ),
});

export type OpenApiEntry = z.infer<typeof openapiSource>;
