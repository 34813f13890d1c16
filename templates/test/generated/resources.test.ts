import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { resources } from '../../src/generated/resources.js';
import { tools } from '../../src/generated/tools/index.js';
import type { OwnResource } from '../../src/runtime/offers/offers.js';
import { ownResources } from '../../src/runtime/offers/own-resources.js';
import { isTemplate } from '../../src/runtime/offers/uri-template.js';
import { askedServer, CHOICES, dataAt, signal, typedFor, valueFor } from './support/offers.js';

describe('what mcp.yaml declares to be read', () => {
  for (const resource of resources) {
    const { uri, name, content, complete = {} } = resource;

    it(`${uri} is listed, and can be read`, async () => {
      const { server, asked } = askedServer();
      const provider = ownResources([resource], server);
      const listed = isTemplate(uri)
        ? provider.templates.map((one) => [one.uriTemplate, one.name])
        : provider.resources.map((one) => [one.uri, one.name]);
      assert.deepEqual(listed, [[uri, name]]);

      const one = expanded(resource);
      const contents = await provider.read(one, signal);
      const why = 'file' in content ? `${content.file} must be a file of this project` : one;
      assert.equal(contents?.[0]?.uri, one, why);
      if (!('tool' in content)) return assert.deepEqual(asked, []);
      assert.deepEqual(
        asked.map(({ tool }) => tool),
        [content.tool],
      );
      const { inputSchema } = tools.find((tool) => tool.name === content.tool) ?? {};
      if (inputSchema?.['additionalProperties'] !== false) return;
      const taken = Object.keys(inputSchema['properties'] ?? {});
      for (const argument of Object.keys(asked[0]?.args ?? {})) {
        assert.ok(taken.includes(argument), `${content.tool} must take ${argument}`);
      }
    });

    it(`${uri} is not read by another URI`, async () => {
      const { server } = askedServer();
      const other = `other-${expanded(resource)}`;
      assert.equal(await ownResources([resource], server).read(other, signal), undefined);
    });

    for (const [variable, completion] of Object.entries(complete)) {
      it(`${uri} completes ${variable}`, async () => {
        const path = 'path' in completion ? completion.path : [];
        const { server, asked } = askedServer(dataAt(path, CHOICES));
        const { typed, offered } = typedFor(completion);
        const completing = { name: variable, value: typed, others: {} };
        const provider = ownResources([resource], server);
        assert.deepEqual(await provider.complete?.(uri, completing, signal), offered);
        assert.equal(asked[0]?.tool, 'tool' in completion ? completion.tool : undefined);
      });
    }
  }
});

/** A URI that its template stands for. */
function expanded({ uri, content, complete }: OwnResource): string {
  const tool = 'tool' in content ? content.tool : '';
  return uri.replace(/\{([+?]?)([A-Za-z0-9_,]+)\}/g, (_, kind: string, names: string) => {
    const values = names
      .split(',')
      .map((name) => [name, encodeURIComponent(valueFor(name, complete?.[name], tool))] as const);
    if (kind !== '?') return values[0]?.[1] ?? '';
    return `?${values.map((pair) => pair.join('=')).join('&')}`;
  });
}
