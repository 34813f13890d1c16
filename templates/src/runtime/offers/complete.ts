import { evaluate } from '../steps/evaluate.js';
import type { Completing, Needs } from '../resources.js';
import type { Completion, OwnServer } from './offers.js';

/** The values that begin with what is typed, upper and lower case being one; those of a tool are asked for each time. */
export async function completeFrom(
  completion: Completion | undefined,
  { value, others }: Completing,
  { server, signal }: { server: OwnServer; signal: AbortSignal },
): Promise<string[]> {
  if (completion === undefined) return [];
  const all =
    'values' in completion ? completion.values : await found(completion, others, server, signal);
  const typed = value.toLowerCase();
  return [...new Set(all)].filter((one) => one.toLowerCase().startsWith(typed));
}

/** The tool that completing an argument calls. */
export function completionNeeds(
  complete: Readonly<Record<string, Completion>> | undefined,
  argument: string,
): Needs | undefined {
  if (complete === undefined || !Object.hasOwn(complete, argument)) return undefined;
  const completion = complete[argument];
  return completion && 'tool' in completion ? { tools: [completion.tool] } : undefined;
}

async function found(
  completion: Extract<Completion, { tool: string }>,
  others: Readonly<Record<string, string>>,
  server: OwnServer,
  signal: AbortSignal,
): Promise<string[]> {
  const args = evaluate({ object: completion.with }, { args: others }) as Record<string, unknown>;
  const { content, structuredContent } = await server.callTool(completion.tool, args, signal);
  const [first] = content;
  const data =
    first?.type === 'text' ? (asJson(first.text) ?? structuredContent) : structuredContent;
  return walk([data], completion.path)
    .filter((one) => typeof one === 'string' || typeof one === 'number')
    .map(String);
}

function walk(values: readonly unknown[], path: readonly string[]): unknown[] {
  return path.reduce<unknown[]>(
    (at, key) =>
      at.flatMap((one): unknown[] => {
        if (key === '[]') return Array.isArray(one) ? one : [];
        if (typeof one !== 'object' || one === null || !Object.hasOwn(one, key)) return [];
        return [Reflect.get(one, key)];
      }),
    [...values],
  );
}

/** Undefined for text that is no JSON, or that was cut. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
