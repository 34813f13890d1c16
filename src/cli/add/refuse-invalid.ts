import type { z } from 'zod';
import { usageError } from '../usage-error.js';

/** Throws an InputError (MCP603) where the rules of mcp.yaml refuse an entry; what came from a flag is said of the flag. */
export function refuseInvalid(
  schema: z.ZodType,
  { key, entry }: { key: string; entry: object },
  flags: Readonly<Record<string, string>> = {},
): void {
  const [issue] = schema.safeParse({ [key]: entry }).error?.issues ?? [];
  if (issue === undefined) return;
  const [, field] = issue.path;
  const what = field === undefined ? `"${key}"` : (flags[String(field)] ?? `--${String(field)}`);
  const inner = 'issues' in issue ? (issue.issues as { message: string }[])[0]?.message : undefined;
  throw usageError(`${what} cannot be used: ${inner ?? issue.message}`);
}
