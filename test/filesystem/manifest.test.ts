import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FilesSource } from '../../src/blueprint/folders.js';
import { settingsOf } from '../../src/project/settings.js';
import { parseManifest } from '../../src/sources/manifest/manifest.js';
import { readBlueprint } from '../../src/sources/read-blueprint.js';
import { createLoader } from '../../src/sources/read/loader.js';

const manifest = (entry: string) =>
  parseManifest(`name: docs\nsources:\n  files: ${entry}\n`, 'mcp.yaml');

const blueprint = (entry: string) =>
  readBlueprint(manifest(entry), { load: createLoader({ base: '/' }) });

describe('a source of folders in mcp.yaml', () => {
  it('becomes tools that read', async () => {
    const { tools, sources } = await blueprint('{ filesystem: ["${FILES_ROOT}"] }');
    expect(tools.map(({ name }) => name)).toEqual([
      'read_file',
      'list_folder',
      'tree',
      'find_files',
      'search_files',
      'file_info',
    ]);
    expect(tools.every(({ annotations }) => annotations.readOnlyHint === true)).toBe(true);
    expect((sources[0] as FilesSource).folders).toEqual({
      id: 'files',
      roots: [{ name: 'files', env: 'FILES_ROOT' }],
      access: 'read-only',
      limits: {
        maxFileBytes: 10_000_000,
        maxBinaryBytes: 1_000_000,
        maxResults: 1_000,
        timeoutMs: 10_000,
      },
    });
  });

  it('becomes tools that write where it says so, each with its annotations', async () => {
    const { tools } = await blueprint(
      '{ filesystem: ["${FILES_ROOT}"], access: read-write, prefix: my }',
    );
    const hints = Object.fromEntries(
      tools
        .slice(6)
        .map(({ name, annotations }) => [
          name,
          [annotations.readOnlyHint, annotations.destructiveHint, annotations.idempotentHint],
        ]),
    );
    expect(hints).toEqual({
      my_write_file: [false, true, true],
      my_edit_file: [false, true, false],
      my_move_file: [false, false, false],
      my_delete_file: [false, true, true],
      my_create_folder: [false, false, true],
    });
    expect(tools[6]?.description).toContain('my_edit_file changes parts of it');
  });

  it('says everything that it can say', async () => {
    const { tools, sources } = await blueprint(
      '{ filesystem: ["${FILES_ROOT}", "${FILES_DIR:-./docs}", "${WORK:-a/b}"], extensions: [.MD], exclude: ["**/tmp/**"], dotfiles: true, limits: { fileBytes: 9, binaryBytes: 8, results: 7, timeoutMs: 600 } }',
    );
    expect((sources[0] as FilesSource).folders).toEqual({
      id: 'files',
      roots: [
        { name: 'files-root', env: 'FILES_ROOT' },
        { name: 'files-dir', env: 'FILES_DIR', default: './docs' },
        { name: 'work', env: 'WORK', default: 'a/b' },
      ],
      access: 'read-only',
      limits: { maxFileBytes: 9, maxBinaryBytes: 8, maxResults: 7, timeoutMs: 600 },
      extensions: ['.md'],
      exclude: ['**/tmp/**'],
      dotfiles: true,
    });
    expect(tools[0]?.description).toContain(
      'Paths begin with one of: files-root, files-dir, work.',
    );
    expect(tools[0]?.example).toEqual({ path: 'files-root/welcome.md' });
    expect(tools[1]?.inputSchema).toMatchObject({
      properties: { limit: { maximum: 7, default: 7 } },
    });
  });

  it('has its roots among the settings', async () => {
    const settings = settingsOf(
      await blueprint('{ filesystem: ["${A}", "${B:-./b}"], access: read-write }'),
    );
    expect(settings.map(({ env, kind, default: value }) => [env, kind, value])).toEqual([
      ['A', 'required', ''],
      ['B', 'optional', './b'],
    ]);
    expect(settings[0]?.description).toBe(
      'Folder that callers may read and change (files, shown as a/)',
    );
  });

  it('may have roots that lie in files', async () => {
    const settings = settingsOf(
      await blueprint('{ filesystem: ["${file:/run/secrets/docs}", "${file:/run/secrets/work}"] }'),
    );
    expect(settings.map(({ env }) => env)).toEqual(['DOCS', 'WORK']);
  });

  it.each([
    [
      '{ filesystem: ["/srv/docs"] }',
      'must be ${NAME}, ${NAME:-./docs} or ${file:/run/secrets/name}',
    ],
    [
      '{ filesystem: ["${A:-/srv/docs}"] }',
      'must be ${NAME}, ${NAME:-./docs} or ${file:/run/secrets/name}',
    ],
    [
      '{ filesystem: ["${A:-../docs}"] }',
      'must be ${NAME}, ${NAME:-./docs} or ${file:/run/secrets/name}',
    ],
    [
      '{ filesystem: ["${A:-a/..}"] }',
      'must be ${NAME}, ${NAME:-./docs} or ${file:/run/secrets/name}',
    ],
    [
      '{ filesystem: ["${A:-~/docs}"] }',
      'must be ${NAME}, ${NAME:-./docs} or ${file:/run/secrets/name}',
    ],
    [
      '{ filesystem: ["${A:-C:/docs}"] }',
      'must be ${NAME}, ${NAME:-./docs} or ${file:/run/secrets/name}',
    ],
    ['{ filesystem: ["${A}", "${A:-b}"] }', 'must name each variable once'],
    ['{ filesystem: [] }', 'sources.files.filesystem'],
    ['{ filesystem: ["${A}"], extensions: [md] }', 'must begin with a dot'],
    ['{ filesystem: ["${A}"], exclude: ["../x"] }', 'must be a pattern of paths below'],
    [
      '{ filesystem: ["${A}"], exclude: ["{a,b,c}{a,b,c}{a,b,c}{a,b,{c,d}}"] }',
      'must have at most 64 alternatives',
    ],
    ['{ filesystem: ["${A}"], acess: read-only }', 'access'],
  ])('%s is refused', (entry, why) => {
    let told: { message: string; fix?: string }[] = [];
    try {
      manifest(entry);
    } catch (error) {
      told = (error as { diagnostics: typeof told }).diagnostics;
    }
    expect(JSON.stringify(told)).toContain(why);
  });

  it('is shown in the README as it is', async () => {
    const [, section = ''] = readFileSync('README.md', 'utf8').split('### Folders of files');
    const [, shown = ''] = /```yaml\n([\s\S]*?)```/.exec(section) ?? [];
    const read = parseManifest(`name: docs\n${shown}`, 'mcp.yaml');
    const { tools, sources } = await readBlueprint(read, { load: createLoader({ base: '/' }) });
    expect(tools.length).toBe(11);
    expect((sources[0] as FilesSource).folders.roots).toEqual([
      { name: 'docs', env: 'DOCS_ROOT' },
      { name: 'notes', env: 'NOTES', default: './notes' },
    ]);
  });
});
