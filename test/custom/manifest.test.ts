import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/diagnostics/diagnostic.js';
import { createDiagnosticPrinter } from '../../src/diagnostics/format-diagnostic.js';
import { manifestFile, parseManifest } from '../../src/sources/manifest/manifest.js';

const head = 'name: shop\nsources: {}\n';

function problems(text: string): string[] {
  try {
    parseManifest(head + text, 'shop/mcp.yaml');
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { locate } = createDiagnosticPrinter(() => head + text);
    return error.diagnostics.map(({ code, message, fix, origin }) => {
      const place = origin && locate(origin);
      return `${place?.line}:${place?.column} ${code} ${message} | ${fix}`;
    });
  }
  return [];
}

describe('tools and hooks in mcp.yaml', () => {
  it('are read as they are written', () => {
    const tools = {
      getPet: { name: 'fetchPet', hidden: false },
      quote: { description: 'd', input: { type: 'object' }, handler: 'src/handlers/quote.ts' },
    };
    const text = `${head}tools: ${JSON.stringify(tools)}\nhooks: src/lib/Hooks_1.ts\n`;
    const manifest = parseManifest(text, 'shop/mcp.yaml');
    expect(manifest).toMatchObject({ tools, hooks: 'src/lib/Hooks_1.ts' });
    expect(manifestFile({ ...manifest, sources: {} })).toBe('shop/mcp.yaml');
  });

  it.each([
    [
      'tools:\n  a: { handler: src/generated/a.ts }',
      [
        '4:8 MCP701 tools.a.handler in the manifest cannot be used: must not lie where files are generated | correct the value',
      ],
    ],
    [
      'hooks: src/main.ts',
      [
        '3:1 MCP701 hooks in the manifest cannot be used: must not lie where files are generated | correct the value',
      ],
    ],
    [
      'hooks: ../x.ts',
      [
        '3:1 MCP701 hooks in the manifest cannot be used: must be a .ts file below src/, its path made of letters, digits, "-" and "_" | correct the value',
      ],
    ],
    [
      'tools:\n  a: { handler: "src/x\';evil();\'.ts" }',
      [
        '4:8 MCP701 tools.a.handler in the manifest cannot be used: must be a .ts file below src/, its path made of letters, digits, "-" and "_" | correct the value',
      ],
    ],
    [
      'tools:\n  a: { name: "a b" }',
      [
        '4:8 MCP701 tools.a.name in the manifest cannot be used: must be letters, digits, "_" and "-", at most 64 | correct the value',
      ],
    ],
    [
      'tools:\n  a: { handle: src/a.ts }',
      ['4:8 MCP702 "handle" is not a key of tools.a | did you mean "handler"?'],
    ],
    [
      'tools:\n  a:\n    input: { type: object }',
      [
        '4:3 MCP701 tools.a in the manifest cannot be used: a tool with input needs a handler (src/handlers/<name>.ts), steps or http | correct the value',
        '4:3 MCP701 tools.a in the manifest cannot be used: a tool with input needs a description | correct the value',
      ],
    ],
    [
      'tools:\n  a: { output: { type: object } }',
      [
        '4:3 MCP701 tools.a in the manifest cannot be used: output needs input: only a tool written by hand has one | correct the value',
      ],
    ],
    [
      'tools:\n  a: { description: d, input: { type: object }, steps: [{ call: b, as: pet, concurrency: 2 }] }',
      [
        '4:68 MCP701 tools.a.steps.0.as in the manifest cannot be used: it needs forEach: a list to go through | correct the value',
        '4:77 MCP701 tools.a.steps.0.concurrency in the manifest cannot be used: it needs forEach: a list to go through | correct the value',
      ],
    ],
    [
      'tools:\n  a: { description: d, input: { type: object }, http: { source: w, path: /x, contentType: application/json } }',
      [
        '4:78 MCP701 tools.a.http.contentType in the manifest cannot be used: it needs a body | correct the value',
      ],
    ],
  ])('%s', (text, want) => {
    expect(problems(text)).toEqual(want);
  });

  it('names that reach prototypes are none', () => {
    const { tools } = parseManifest(`${head}tools:\n  __proto__: { hidden: true }\n`, 'mcp.yaml');
    expect(Object.keys(tools ?? {})).toEqual([]);
    expect(Object.getPrototypeOf(tools)).toBe(Object.prototype);
    expect(problems('tools:\n  _a: { hidden: true }')[0]).toMatch(/^4:3 MCP701 tools\._a /);
  });
});
