import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createPoll } from '../../../templates/src/runtime/changes/poll.js';
import { ownResources } from '../../../templates/src/runtime/offers/own-resources.js';
import { noServer } from '../../../templates/src/runtime/offers/no-server.js';
import { stampOfProjectFile } from '../../../templates/src/runtime/offers/project-file.js';

test('a file of the project is watched, a text or what a tool answers is not', () => {
  const file = { name: 'guide', uri: 'docs://guide', content: { file: 'docs/guide.md' } };
  const text = { name: 'text', uri: 'docs://text', content: { text: { value: 'x' } as never } };
  const { watch } = ownResources([file, text], noServer);
  const watched = watch?.('docs://guide', () => {});
  expect(watched).toBeDefined();
  watched?.stop();
  expect(watch?.('docs://text', () => {})).toBeUndefined();
  expect(watch?.('docs://none', () => {})).toBeUndefined();
  expect(ownResources([text], noServer).watch).toBeUndefined();
});

test('what tells two states apart: changes, and whether it can be read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'project-'));
  const outside = await mkdtemp(join(tmpdir(), 'outside-'));
  await writeFile(join(folder, 'a.md'), 'one');
  await writeFile(join(outside, 'b.md'), 'one');
  await symlink(join(outside, 'b.md'), join(folder, 'link.md'));
  const first = await stampOfProjectFile('a.md', folder);
  expect(await stampOfProjectFile('a.md', folder)).toBe(first);
  await writeFile(join(folder, 'a.md'), 'three');
  expect(await stampOfProjectFile('a.md', folder)).not.toBe(first);
  for (const path of ['link.md', '../b.md', 'gone.md']) {
    expect(await stampOfProjectFile(path, folder)).toBe('not there');
  }
  await rm(folder, { recursive: true });
  await rm(outside, { recursive: true });
});

test('nothing is looked at before somebody asks, and after the last one stopped', async () => {
  vi.useFakeTimers();
  let stamp = 'a';
  const looks: string[][] = [];
  const poll = createPoll(async (keys) => {
    looks.push([...keys]);
    return keys.map(() => stamp);
  }, 1_000);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(looks).toEqual([]);
  const changed = vi.fn();
  const { ready, stop } = poll('x', changed);
  await ready;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(changed).not.toHaveBeenCalled();
  stamp = 'b';
  await vi.advanceTimersByTimeAsync(1_000);
  expect(changed).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(changed).toHaveBeenCalledTimes(1);
  stop();
  const { length } = looks;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(looks).toHaveLength(length);
  vi.useRealTimers();
});
