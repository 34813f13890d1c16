import type { Completion, OwnServer } from '../../../src/runtime/offers/offers.js';
import { examples } from '../examples.js';

export const { signal } = new AbortController();

/** What a resource, a prompt or a completion asks of its server, answered by the test. */
export function askedServer(answer: unknown = {}) {
  const asked: { tool?: string; uri?: string; args?: Record<string, unknown> }[] = [];
  const server: OwnServer = {
    callTool: async (tool, args) => {
      asked.push({ tool, args });
      return { content: [{ type: 'text', text: JSON.stringify(answer) }] };
    },
    read: async (uri) => {
      asked.push({ uri });
      return [{ uri, mimeType: 'text/plain', text: 'read' }];
    },
  };
  return { server, asked };
}

/** A value for an argument or a variable: one that can be chosen, that of an example call, or one that is a number, too. */
export function valueFor(name: string, complete: Completion | undefined, tool = ''): string {
  if (complete && 'values' in complete && complete.values[0] !== undefined)
    return complete.values[0];
  const example = examples[tool]?.[name];
  return typeof example === 'string' || typeof example === 'number' ? String(example) : '1';
}

/** Data in which a path leads to these values. */
export function dataAt(path: readonly string[], values: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return values[0];
  if (key !== '[]') return { [key]: dataAt(rest, values) };
  return values.map((value) => dataAt(rest, [value]));
}

export const CHOICES = ['match one', 'other'];

/** What is typed, and what should be offered for it. */
export function typedFor(completion: Completion): { typed: string; offered: string[] } {
  if ('tool' in completion) {
    // Without a list in its result a tool gives one value.
    return { typed: 'MATCH', offered: ['match one'] };
  }
  const [first = ''] = completion.values;
  const offered = completion.values.filter((value) =>
    value.toLowerCase().startsWith(first.toLowerCase()),
  );
  return { typed: first.toUpperCase(), offered };
}
