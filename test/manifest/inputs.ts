import { writeUpstreamSnapshot } from '../../src/sources/upstream/snapshot.js';
import type { Inputs } from './support.js';

/** A database of shelves and jars, and another MCP server that counts things and has a manual. */
export const INPUTS: Inputs = {
  'specs/pantry.sql': `
CREATE TABLE shelf (id INTEGER PRIMARY KEY, label TEXT NOT NULL);
CREATE TABLE jar (id INTEGER PRIMARY KEY, shelf_id INTEGER NOT NULL REFERENCES shelf (id), grams INTEGER NOT NULL);
`,
  'specs/scales.json': writeUpstreamSnapshot({
    format: 'create-mcp-server/upstream',
    version: 1,
    server: { name: 'scales', version: '1.0.0', protocol: '2025-11-25' },
    tools: [
      {
        name: 'weigh',
        description: 'Weighs a jar.',
        annotations: { readOnlyHint: true },
        inputSchema: {
          type: 'object',
          properties: { jar: { type: 'integer' } },
          required: ['jar'],
        },
        outputSchema: {
          type: 'object',
          properties: {
            grams: { type: 'number' },
            parts: { type: 'array', items: { type: 'string' } },
          },
          required: ['grams'],
        },
      },
    ],
    resources: [{ uri: 'scales://manual', name: 'manual' }],
    templates: [{ uriTemplate: 'scales://jars/{jar}', name: 'jar' }],
    prompts: [{ name: 'calibrate', arguments: [{ name: 'weight', required: true }] }],
  } as never),
};

/** The sources of a manifest over all of these. */
export const SOURCES = `name: pantry-server
sources:
  pantry: { sql: specs/pantry.sql, dialect: sqlite }
  notes: { filesystem: ["\${NOTES_ROOT}"] }
  scales: { mcp: specs/scales.json, connect: [{ url: "\${SCALES_URL}" }] }
`;
