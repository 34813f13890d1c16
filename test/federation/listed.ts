import type { UpstreamSnapshot } from '../../src/sources/upstream/snapshot.js';

/** What a small server of notes lists. */
export const notes: UpstreamSnapshot = {
  server: { name: 'notes', version: '2.1.0', title: 'Notes' },
  tools: [
    {
      name: 'read.note',
      description: 'Reads one note.',
      inputSchema: {
        $schema: 'http://json-schema.org/draft-07/schema#',
        type: 'object',
        properties: {
          id: { type: 'string', minLength: 1 },
          'format[kind]': { $ref: '#/definitions/Kind' },
        },
        required: ['id'],
        definitions: { Kind: { oneOf: [{ const: 'plain' }, { const: 'rich' }] } },
      },
      annotations: { readOnlyHint: true, title: 'Read a note' },
    },
    {
      name: 'add_note',
      description: 'Adds a note.',
      inputSchema: {
        type: 'object',
        properties: { text: { type: 'string' } },
        required: ['text'],
        additionalProperties: false,
      },
      outputSchema: {
        type: 'object',
        properties: { id: { type: 'string' } },
        required: ['id'],
      },
    },
  ],
  resources: [{ uri: 'note://today', name: 'today', mimeType: 'text/plain' }],
  templates: [{ uriTemplate: 'note://by-id/{id}', name: 'by-id' }],
  prompts: [
    { name: 'summarise', description: 'Sums up.', arguments: [{ name: 'id', required: true }] },
  ],
};
