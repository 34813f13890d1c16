import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { callMcpTool } from '../../src/runtime/mcp/call-mcp-tool.js';
import { createLink, type UpstreamLink } from '../../src/runtime/mcp/link.js';
import { mcpPrompts } from '../../src/runtime/mcp/mcp-prompts.js';
import { mcpResources } from '../../src/runtime/mcp/mcp-resources.js';
import { isUpstreamTool, type McpTool } from '../../src/runtime/mcp/mcp-tool.js';
import { hasHandler } from '../../src/runtime/tool.js';
import { allExamples, textOf, type Example } from './support/call.js';
import { startUpstreams } from './support/upstreams.js';

const examples = allExamples().flatMap(({ tool, args }): Example<McpTool>[] =>
  isUpstreamTool(tool) && !hasHandler(tool) ? [{ tool, args }] : [],
);

describe('tools of other MCP servers, with servers that list the same', () => {
  const { signal } = new AbortController();
  let started: Awaited<ReturnType<typeof startUpstreams>>;
  let links: Map<string, UpstreamLink>;

  before(async () => {
    started = await startUpstreams();
    links = linksTo(started.upstreams);
  });
  after(async () => {
    await Promise.all([...links.values()].map(({ close }) => close()));
    await started.close();
  });

  function call(tool: McpTool, args: Record<string, unknown>, from = links) {
    const link = from.get(tool.mcp.source);
    assert.ok(link, `${tool.mcp.source} must be a source`);
    return callMcpTool(tool, args, { link, signal, maxResultChars: 100_000, extra: {} });
  }

  for (const { tool, args } of examples) {
    it(tool.name, async () => {
      const { source, tool: name, rename = {} } = tool.mcp;
      const { result } = await call(tool, args);
      assert.equal(textOf(result), `answered by ${source}`);
      const there = Object.fromEntries(
        Object.entries(args).map(([key, value]) => [rename[key] ?? key, value]),
      );
      assert.deepEqual(started.called[source]?.at(-1), { name, args: there });
    });
  }

  it('resources are read from the server that lists them', async () => {
    for (const link of links.values()) {
      const provider = mcpResources([link], 100_000);
      for (const { uri } of provider.resources) {
        const [contents] = (await provider.read(uri, signal)) ?? [];
        assert.equal(contents?.uri, uri);
      }
    }
  });

  it('prompts are asked for where they are listed', async () => {
    for (const link of links.values()) {
      const provider = mcpPrompts([link], 100_000);
      for (const { name, arguments: all = [] } of provider.prompts) {
        const args = Object.fromEntries(all.map((argument) => [argument.name, 'x']));
        assert.deepEqual(await provider.get(name, args, signal), { messages: [] });
      }
    }
  });

  it('a tool that is described otherwise is not called', async () => {
    started.change();
    const again = linksTo(started.upstreams);
    for (const { tool, args } of examples) {
      if (started.upstreams[tool.mcp.source]?.onChange !== 'refuse') continue;
      const { result } = await call(tool, args, again);
      assert.equal(result.isError, true);
      assert.match(textOf(result), /was not called/);
    }
    await Promise.all([...again.values()].map(({ close }) => close()));
  });
});

function linksTo(upstreams: Awaited<ReturnType<typeof startUpstreams>>['upstreams']) {
  return new Map(
    Object.entries(upstreams).map(([id, upstream]) => [id, createLink(upstream, {}, 'test/1')]),
  );
}
