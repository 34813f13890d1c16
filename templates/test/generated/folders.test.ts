import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { folders } from '../../src/generated/folders.js';
import { hasFiles, type FileTool } from '../../src/runtime/files/file-tool.js';
import { hasHandler } from '../../src/runtime/tool.js';
import { allExamples, createCaller, textOf, type Example } from './support/call.js';
import { SECRET, startFolders } from './support/folders.js';

/** What the tools read is looked at before it is changed. */
const ORDER = ['read', 'list', 'tree', 'find', 'search', 'info', 'edit', 'write', 'move', 'delete'];

const examples = allExamples()
  .flatMap(({ tool, args }): Example<FileTool>[] =>
    hasFiles(tool) && !hasHandler(tool) ? [{ tool, args }] : [],
  )
  .sort((a, b) => ORDER.indexOf(a.tool.files.action) - ORDER.indexOf(b.tool.files.action));

describe('tools of folders, in temporary ones', () => {
  let started: Awaited<ReturnType<typeof startFolders>>;
  let caller: ReturnType<typeof createCaller>;

  before(async () => {
    started = await startFolders();
    caller = createCaller(started.env);
  });
  after(async () => {
    await caller.close();
    await started.close();
  });

  for (const { tool, args } of examples) {
    it(tool.name, async () => {
      const result = await caller.call(tool, args);
      assert.notEqual(result.isError, true, textOf(result));
    });
  }

  for (const { tool, args } of examples.filter(({ args: { path } }) => typeof path === 'string')) {
    it(`${tool.name}: nothing outside of the root can be reached`, async () => {
      const { roots, extensions } = folders[tool.files.source]!;
      const top = roots.length > 1 ? `${roots[0]!.name}/` : '';
      for (const path of [
        `${top}../secret.md`,
        `${top}x/../../secret.md`,
        `${top}link${extensions?.[0] ?? '.md'}/x`,
        '/etc/passwd',
        'C:\\Windows\\win.ini',
      ]) {
        const result = await caller.call(tool, { ...args, path });
        assert.equal(result.isError, true, path);
        assert.ok(!textOf(result).includes(started.env[roots[0]!.env]!), 'no absolute paths');
      }
    });
  }

  for (const { tool, args } of examples.filter(({ tool: { files } }) => files.action === 'read')) {
    it(`${tool.name}: links are not followed out of the root`, async () => {
      const path = String(args['path']).replace('welcome', 'link');
      const result = await caller.call(tool, { path });
      assert.equal(result.isError, true);
      assert.ok(!textOf(result).includes(SECRET));
    });
  }
});
