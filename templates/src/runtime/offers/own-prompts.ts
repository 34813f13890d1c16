import type { GetPromptResult } from '@modelcontextprotocol/server';
import { closest } from '../arguments/closest.js';
import type { Backend, BackendFactory } from '../backend.js';
import { invalidParams } from '../calls/invalid-params.js';
import type { PromptProvider } from '../prompts.js';
import { evaluate } from '../steps/evaluate.js';
import type { Expression } from '../steps/expression.js';
import { completeFrom, completionNeeds } from './complete.js';
import { noServer } from './no-server.js';
import type { OwnPrompt, OwnServer } from './offers.js';

/** The prompts that mcp.yaml declares. */
export function promptsBackend(prompts: readonly OwnPrompt[]): BackendFactory {
  return ({ server = noServer }): Backend => ({
    serves: () => false,
    problems: () => [],
    call: () => Promise.reject(new TypeError('prompts are not called')),
    prompts: ownPrompts(prompts, server),
    close: async () => {},
  });
}

export function ownPrompts(prompts: readonly OwnPrompt[], server: OwnServer): PromptProvider {
  const byName = new Map(prompts.map((prompt) => [prompt.name, prompt]));
  return {
    prompts: prompts.map(({ messages: _, complete: __, ...listed }) => listed),
    get: async (name, args, signal, caller) => {
      const prompt = byName.get(name);
      if (prompt === undefined) return undefined;
      checkArguments(prompt, args);
      const messages: GetPromptResult['messages'] = [];
      for (const message of prompt.messages) {
        const { role } = message;
        if ('text' in message) {
          const text = String(evaluate(message.text, { args }) ?? '');
          messages.push({ role, content: { type: 'text', text } });
          continue;
        }
        if ('tool' in message) {
          const given = evaluate({ object: message.with }, { args }) as Record<string, unknown>;
          const { content } = await server.callTool(message.tool, given, signal, caller);
          for (const block of content) messages.push({ role, content: block });
          continue;
        }
        const uri = String(evaluate(message.resource, { args }) ?? '');
        for (const resource of await server.read(uri, signal, caller)) {
          messages.push({ role, content: { type: 'resource', resource } });
        }
      }
      const { description } = prompt;
      return { ...(description !== undefined && { description }), messages };
    },
    needs: (asked) => {
      const prompt = byName.get(asked.name);
      if (prompt === undefined) return undefined;
      const { name } = prompt;
      if ('argument' in asked)
        return { prompt: name, ...completionNeeds(prompt.complete, asked.argument) };
      return {
        prompt: name,
        tools: prompt.messages.flatMap((message) => ('tool' in message ? [message.tool] : [])),
        uris: prompt.messages.flatMap((message) =>
          'resource' in message ? [uriOf(message.resource, asked.args)] : [],
        ),
      };
    },
    complete: (name, completing, signal) => {
      const prompt = byName.get(name);
      if (prompt === undefined) return undefined;
      const { complete } = prompt;
      const completion =
        complete && Object.hasOwn(complete, completing.name)
          ? complete[completing.name]
          : undefined;
      return completeFrom(completion, completing, { server, signal });
    },
  };
}

/** Empty where the arguments make none: getting the prompt says why. */
function uriOf(resource: Expression, args: Readonly<Record<string, string>>): string {
  try {
    return String(evaluate(resource, { args }) ?? '');
  } catch {
    return '';
  }
}

function checkArguments(prompt: OwnPrompt, args: Readonly<Record<string, string>>): void {
  const known = prompt.arguments.map(({ name }) => name);
  for (const { name, required } of prompt.arguments) {
    if (required && (!Object.hasOwn(args, name) || args[name] === ''))
      throw invalidParams(`Prompt ${prompt.name} needs the argument ${name}`);
  }
  for (const name of Object.keys(args)) {
    if (known.includes(name)) continue;
    const similar = closest(name, known);
    const hint = similar === undefined ? '' : `; did you mean ${similar}?`;
    throw invalidParams(`Prompt ${prompt.name} has no argument ${name.slice(0, 100)}${hint}`);
  }
}
