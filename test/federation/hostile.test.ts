import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAYLOADS } from '../support/hostile.js';
import type { UpstreamSnapshot } from '../../src/sources/upstream/snapshot.js';
import { emitFederation } from './support.js';

// Half a pair is read as U+FFFD: a tool with such a name is refused when it is called, as one that is gone.
const { surrogate: _, ...payloads } = PAYLOADS;
const texts = Object.values(payloads).filter((text) => text !== '');

/** A server that lists the worst that there is, everywhere. */
const hostile: UpstreamSnapshot = {
  server: { name: texts[0]!, version: texts[1]!, title: texts[6]!, instructions: texts[7]! },
  tools: texts.map((text, index) => ({
    name: `${index}${text}`,
    title: text,
    description: text,
    inputSchema: {
      type: 'object',
      properties: {
        [`a${text}`]: { type: 'string', description: text, title: text, default: text },
        b: { enum: [text, 'plain'] },
        c: { $ref: `#/$defs/${text}` },
        d: { type: 'object', properties: { [text]: { const: text } }, required: [text] },
        e: { type: 'string', pattern: text, format: text },
      },
      required: [`a${text}`],
      $defs: { [text]: { type: 'integer', description: text } },
      [text]: text,
    },
    outputSchema: { type: 'object', properties: { [text]: { type: text } } },
    annotations: { title: text },
  })),
  resources: texts.map((text) => ({ uri: `x:${text}`, name: text, mimeType: text })),
  templates: texts.map((text) => ({ uriTemplate: `y:${text}/{id}`, name: text, title: text })),
  prompts: texts.map((text) => ({
    name: text,
    description: text,
    arguments: [{ name: text, description: text }],
  })),
};

describe('a server that lists hostile texts', () => {
  let project: Awaited<ReturnType<typeof emitFederation>>;
  beforeAll(async () => {
    project = await emitFederation({ up: { connect: [{ url: '${UP}' }], listed: hostile } });
  });
  afterAll(() => project?.remove());

  it('gives names and texts that clients take, and says what it left out', () => {
    const { tools, skipped } = project.blueprint;
    expect(tools).toHaveLength(texts.length);
    for (const { name, inputSchema, description } of tools) {
      expect(name).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
      expect(description).not.toMatch(/[\u0000-\u0008\u200b\u202e\u{e0041}]/u);
      expect(Object.keys(inputSchema['properties'] as object).join('')).toMatch(/^[\w.-]+$/);
    }
    const reasons = skipped.map(({ reason }) => reason);
    expect(reasons).toContain('its URI has characters nobody sees');
    expect(reasons).toContain('its URI is no template (RFC 6570)');
    expect(reasons).toContain('its name has characters nobody sees');
  });

  it('compiles, and passes its own tests', async () => {
    expect((await project.ownTests()).failures).toEqual([]);
  });
});
