import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prompts } from '../../src/generated/prompts.js';
import { ownPrompts } from '../../src/runtime/offers/own-prompts.js';
import { askedServer, CHOICES, dataAt, signal, typedFor, valueFor } from './support/offers.js';

describe('the prompts that mcp.yaml declares', () => {
  for (const prompt of prompts) {
    const { name, complete = {} } = prompt;
    const args = Object.fromEntries(
      prompt.arguments.map((one) => [one.name, valueFor(one.name, complete[one.name])]),
    );

    it(`${name} gives each of its messages`, async () => {
      const { server } = askedServer();
      const given = await ownPrompts([prompt], server).get(name, args, signal);
      assert.deepEqual(
        given?.messages.map(({ role }) => role),
        prompt.messages.map(({ role }) => role),
      );
    });

    it(`${name} refuses arguments that are missing, and those that it does not know`, async () => {
      const { server } = askedServer();
      const provider = ownPrompts([prompt], server);
      const get = async (some: Record<string, string>) => provider.get(name, some, signal);
      for (const { name: argument } of prompt.arguments.filter(({ required }) => required)) {
        const { [argument]: _, ...rest } = args;
        await assert.rejects(get(rest), {
          message: `Prompt ${name} needs the argument ${argument}`,
        });
      }
      await assert.rejects(
        get({ ...args, no_such_argument: 'x' }),
        /has no argument no_such_argument/,
      );
    });

    for (const [argument, completion] of Object.entries(complete)) {
      it(`${name} completes ${argument}`, async () => {
        const path = 'path' in completion ? completion.path : [];
        const { server, asked } = askedServer(dataAt(path, CHOICES));
        const { typed, offered } = typedFor(completion);
        const completing = { name: argument, value: typed, others: {} };
        const provider = ownPrompts([prompt], server);
        assert.deepEqual(await provider.complete?.(name, completing, signal), offered);
        assert.equal(asked[0]?.tool, 'tool' in completion ? completion.tool : undefined);
      });
    }
  }
});
