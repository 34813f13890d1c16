import { z } from 'zod';
import { sourceScopes } from './auth.js';
import { FILE_PATTERN, readReference, variablePattern } from '../reference.js';
import { namesRule, prefixRule } from './names-rule.js';

/** A folder below the one where the server runs. */
const FOLDER = /(?![/~\\]|[A-Za-z]:)(?!(?:[^}]*\/)?\.\.(?:[/}]|$))[^\u0000-\u001f\\${}]+/.source;

/** `${NAME}`, `${NAME:-./docs}` or `${file:/path}`; a folder of one machine does not belong into mcp.yaml. */
const root = z
  .string()
  .regex(
    new RegExp(`^${variablePattern(FOLDER)}$|^${FILE_PATTERN}$`),
    'must be ${NAME}, ${NAME:-./docs} or ${file:/run/secrets/name}: where a folder is comes from the environment',
  );

const pattern = z
  .string()
  .min(1)
  .max(200)
  .regex(
    /^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$))[^\\\u0000-\u001f]+$/,
    'must be a pattern of paths below the folder, with "/"',
  )
  .refine((text) => alternativesOf(text) <= 64, { message: 'must have at most 64 alternatives' });

const number = (min: number, max: number) => z.int().min(min).max(max);

/** Folders of files. */
export const filesystemSource = z.strictObject({
  filesystem: z
    .array(root)
    .min(1)
    .max(20)
    .refine((roots) => new Set(roots.map(envOfRoot)).size === roots.length, {
      message: 'must name each variable once',
    })
    .describe('Folders, each from the environment: ${FILES_ROOT}, ${DOCS:-./docs}'),
  title: z.string().min(1).max(200).optional(),
  access: z
    .enum(['read-only', 'read-write'])
    .optional()
    .describe('read-only unless said otherwise'),
  extensions: z
    .array(
      z.string().regex(/^\.[A-Za-z0-9][A-Za-z0-9._+-]{0,30}$/, 'must begin with a dot: .md, .txt'),
    )
    .min(1)
    .optional()
    .describe('Only files with these extensions exist for callers'),
  exclude: z
    .array(pattern)
    .optional()
    .describe('Files and folders that do not exist for callers: "**/node_modules/**", "*.key"'),
  dotfiles: z
    .boolean()
    .optional()
    .describe('true: files and folders whose names begin with a dot exist for callers'),
  limits: z
    .strictObject({
      fileBytes: number(1, 100_000_000)
        .optional()
        .describe('Bytes of a text that is read by lines, searched, written or edited'),
      binaryBytes: number(1, 20_000_000)
        .optional()
        .describe(
          'Bytes of an image or another binary that is given as content, and of a resource',
        ),
      results: number(1, 10_000).optional().describe('Most entries or lines of a result'),
      timeoutMs: number(100, 600_000).optional().describe('Of one walk through the folders'),
    })
    .optional(),
  names: namesRule,
  scopes: sourceScopes,
  prefix: prefixRule('tools'),
});

export type FilesystemEntry = z.infer<typeof filesystemSource>;

/** The variable of a root, and the folder where it is not set. */
export function readRoot(text: string): { env: string; default?: string } {
  const { env = '', fallback } = readReference(text) ?? {};
  return { env, ...(fallback !== undefined && { default: fallback }) };
}

function envOfRoot(text: string): string {
  return readRoot(text).env;
}

/** At most as many as `{a,b}` in a pattern stand for, nested ones included. */
function alternativesOf(pattern: string): number {
  let count = 1;
  let rest = pattern;
  for (let inner = innermost(rest); inner !== undefined; inner = innermost(rest)) {
    count *= inner.split(',').length;
    rest = rest.replace(`{${inner}}`, '');
  }
  return count;
}

function innermost(pattern: string): string | undefined {
  return /\{([^{}]*)\}/.exec(pattern)?.[1];
}
