import { mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lintToolList } from '../../bench/support/lint-tool-list.mjs';
import { emitProject, type EmittedProject } from '../support/emitted-project.js';
import { connectStdio } from '../support/emitted-server.js';

const READS = ['file_info', 'find_files', 'list_folder', 'read_file', 'search_files', 'tree'];

let project: EmittedProject;
let client: Client;
let root: string;

async function call(name: string, args: Record<string, unknown> = {}) {
  const result = await client.callTool({ name, arguments: args });
  const text = (result.content as { text?: string }[]).map((part) => part.text ?? '').join('\n');
  return { ...result, text };
}

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'files-root-')));
  await writeFile(join(root, 'a.md'), 'one\ntwo\nthree\n');
  await writeFile(join(root, 'dot.png'), Buffer.from('89504e470d0a1a0a0000', 'hex'));
  await writeFile(join(root, 'x.key'), 'secret');
  await symlink('/etc/passwd', join(root, 'passwd.md'));
  project = await emitProject({
    name: 'documents',
    documents: { petstore: 'fixtures/petstore/openapi.yaml' },
    custom: {
      tools: {
        titles: {
          description: 'First lines of all notes',
          input: { type: 'object', properties: {} },
          steps: [
            { id: 'find', call: 'find_files', with: { pattern: 'a.*' } },
            {
              id: 'read',
              call: 'read_file',
              forEach: 'steps.find.paths',
              with: { path: '${item}', limit: 1 },
            },
          ],
          result: { files: '${steps.read}' },
        },
      },
      sources: {
        files: {
          filesystem: ['${FILES_ROOT}'],
          access: 'read-write',
          exclude: ['*.key'],
          limits: { timeoutMs: 1_000 },
        },
        notes: {
          filesystem: ['${NOTES:-./notes}', '${WORK_DIR}'],
          extensions: ['.txt'],
          prefix: 'notes',
        },
      },
    },
  });
  ({ client } = (await connectStdio(project, 'v2 on 2026-07-28', {
    // WORK_DIR is not set.
    MISSING_SETTINGS: 'warn',
    FILES_ROOT: root,
    PETSTORE_BASE_URL: 'http://127.0.0.1:9',
  })) as unknown as { client: Client });
}, 180_000);
afterAll(async () => {
  await client?.close();
  await project?.remove();
  await rm(root, { recursive: true, force: true });
});

describe('a project with folders and an API', () => {
  it('type-checks, and its own tests pass', { timeout: 180_000 }, async () => {
    expect(await project.typecheck()).toBe('');
    const { output, failures } = await project.ownTests();
    expect(failures).toEqual([]);
    expect(output).toMatch(/✔ read_file: links are not followed out of the root/);
    expect(output).toMatch(/✔ delete_file: nothing outside of the root can be reached/);
  });

  it('lists tools that read, and tools that write where that is allowed', async () => {
    const { tools } = await client.listTools();
    const names = tools.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...READS, 'write_file', 'create_folder']));
    expect(names.filter((name) => name.startsWith('notes_')).sort()).toEqual(
      READS.map((name) => `notes_${name}`),
    );
    expect(lintToolList(tools)).toEqual([]);
  });

  it('reads text by lines, and an image as such', async () => {
    const { text, structuredContent } = await call('read_file', { path: 'a.md', limit: 2 });
    expect(text).toBe('one\ntwo\n\nLines 1 to 2 of 3. Go on with offset 2.');
    expect(structuredContent).toMatchObject({ text: 'one\ntwo\n', next_offset: 2, total: 3 });
    const { content } = await call('read_file', { path: 'dot.png' });
    expect(content).toEqual([{ type: 'image', data: 'iVBORw0KGgoAAA==', mimeType: 'image/png' }]);
  });

  it('has tools that others can be made of', async () => {
    const { text } = await call('titles');
    expect(text).toContain('{"files":[{"path":"a.md",');
    expect(text).toContain('"text":"one\\n"');
  });

  it('edits with a preview, writes, moves and deletes', async () => {
    const edits = [{ old_text: 'two', new_text: '2' }];
    const preview = await call('edit_file', { path: 'a.md', edits, dry_run: true });
    expect(preview.text).toContain('@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n');
    expect(await readFile(join(root, 'a.md'), 'utf8')).toBe('one\ntwo\nthree\n');
    expect((await call('write_file', { path: 'b.md', content: 'b' })).isError).toBeUndefined();
    expect((await call('write_file', { path: 'b.md', content: 'c' })).text).toBe(
      '"b.md" exists already: change it with edit_file, or set overwrite.',
    );
    expect((await call('move_file', { from: 'b.md', to: 'c.md' })).isError).toBeUndefined();
    expect((await call('delete_file', { path: 'c.md' })).isError).toBeUndefined();
  });

  it('refuses what lies outside or is excluded, without absolute paths', async () => {
    for (const path of ['../a', '/etc/passwd', 'passwd.md', 'x.key', 'a.md/../../x']) {
      const { isError, text } = await call('read_file', { path });
      expect([path, isError]).toEqual([path, true]);
      expect(text).not.toContain(root);
    }
  });

  it('an expression that does not come back is ended, and the next call is answered', async () => {
    await writeFile(join(root, 'evil.md'), `${'a'.repeat(60)}!`);
    const late = await call('search_files', { query: '(a+)+$', regex: true });
    expect(late.text).toMatch(/^The search took too long/);
    const found = await call('search_files', { query: 'T(W|H)', regex: true, ignore_case: true });
    expect(found.text).toBe('a.md:2:two\na.md:3:three');
  });

  it('says which folder is not set', async () => {
    const { isError, text } = await call('notes_list_folder');
    expect([isError, text]).toEqual([
      true,
      'notes_list_folder is not configured on this server:\n- NOTES must be set to a folder: its default is none that is there.\n- WORK_DIR must be set to a folder.',
    ]);
  });

  it('gives files as resources, with completion of their paths', async () => {
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      'files://files/{+path}',
      'files://notes/{+path}',
    ]);
    const { contents } = await client.readResource({ uri: 'files://files/a.md' });
    expect(contents).toEqual([
      { uri: 'files://files/a.md', mimeType: 'text/markdown', text: 'one\ntwo\nthree\n' },
    ]);
    const read = (uri: string) => client.readResource({ uri });
    await expect(read('files://files/passwd.md')).rejects.toThrow(/not found/i);
    await expect(read('files://files/..%2f..%2fetc%2fpasswd')).rejects.toThrow(/lead upwards/);
    await expect(read('files://files/%252e%252e%252fa')).rejects.toThrow(/not found/i);
    const { completion } = await client.complete({
      ref: { type: 'ref/resource', uri: 'files://files/{+path}' },
      argument: { name: 'path', value: 'a' },
    });
    expect(completion.values).toEqual(['a.md']);
  });

  it('documents settings and tools', async () => {
    const env = await readFile(join(project.root, '.env.example'), 'utf8');
    expect(env).toContain('FILES_ROOT=');
    expect(env).toContain('NOTES=./notes');
    const overview = await readFile(join(project.root, 'TOOLS.md'), 'utf8');
    expect(overview).toContain('search in the files of files');
  });
});
