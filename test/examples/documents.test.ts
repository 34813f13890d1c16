import { mkdtemp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call, connect, makeExample, TRANSPORTS, type Example } from './example.js';

let example: Example;
let documents: string;
beforeAll(async () => {
  example = await makeExample('documents');
});
afterAll(() => example?.remove());
beforeEach(async () => {
  documents = await mkdtemp(join(tmpdir(), 'documents-'));
  await mkdir(join(documents, 'minutes'));
  await mkdir(join(documents, 'private'));
  await writeFile(join(documents, 'minutes/january.md'), '# January\n\nThe roof leaks.\n');
  await writeFile(join(documents, 'private/wages.md'), 'secret\n');
  await writeFile(join(documents, 'logo.svg'), '<svg/>');
  await symlink('/etc', join(documents, 'way-out'));
});
afterEach(() => rm(documents, { recursive: true, force: true }));

describe('the documents server', () => {
  it('has the tools of its manifest, and its own tests pass', { timeout: 180_000 }, async () => {
    expect(example.tools).toEqual([
      'read_file',
      'list_folder',
      'tree',
      'find_files',
      'search_files',
      'file_info',
      'write_file',
      'edit_file',
      'move_file',
      'create_folder',
    ]);
    expect((await example.ownTests()).failures).toEqual([]);
  });

  it.each(TRANSPORTS)('reads, searches and writes over %s', async (transport) => {
    const { client, close } = await connect(example, transport, { DOCS_ROOT: documents });
    try {
      const found = await call(client, 'search_files', { query: 'roof' });
      expect(found.text).toContain('minutes/january.md');
      expect((await call(client, 'read_file', { path: 'minutes/january.md' })).text).toContain(
        'The roof leaks.',
      );
      for (const path of ['private/wages.md', 'logo.svg', 'way-out/passwd', '../x.md']) {
        const refused = await call(client, 'read_file', { path });
        expect([path, refused.isError]).toEqual([path, true]);
        expect(refused.text).not.toContain(documents);
      }
      const listed = await call(client, 'tree', {});
      expect(listed.text).not.toMatch(/wages|logo|passwd/);
      const edits = [{ old_text: 'leaks', new_text: 'is mended' }];
      const edited = await call(client, 'edit_file', { path: 'minutes/january.md', edits });
      expect([edited.isError, edited.text]).toEqual([false, expect.any(String)]);
      expect(await readFile(join(documents, 'minutes/january.md'), 'utf8')).toBe(
        '# January\n\nThe roof is mended.\n',
      );
    } finally {
      await close();
    }
  });

  it.each(TRANSPORTS)('has resources and a prompt over %s', async (transport) => {
    const { client, close } = await connect(example, transport, { DOCS_ROOT: documents });
    try {
      const style = await client.readResource({ uri: 'docs://house-style' });
      expect(style.contents).toMatchObject([
        { uri: 'docs://house-style', mimeType: 'text/markdown' },
      ]);
      expect((style.contents[0] as { text: string }).text).toMatch(/^# House style\n/);
      const { resourceTemplates } = await client.listResourceTemplates();
      expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toContain(
        'docs://checklist/{kind}',
      );
      const { messages } = await client.getPrompt({
        name: 'review',
        arguments: { path: 'minutes/january.md', kind: 'minutes' },
      });
      expect(messages.map(({ content }) => content)).toMatchObject([
        {
          type: 'text',
          text: 'Read minutes/january.md with read_file and review it (minutes). This is how we write:',
        },
        { type: 'resource', resource: { uri: 'docs://house-style' } },
        {
          type: 'resource',
          resource: { text: expect.stringMatching(/^Before this minutes goes out/) as string },
        },
      ]);
      const { completion } = await client.complete({
        ref: { type: 'ref/prompt', name: 'review' },
        argument: { name: 'kind', value: 'm' },
      });
      expect(completion.values).toEqual(['minutes']);
    } finally {
      await close();
    }
  });
});
