import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWatching } from '../../../templates/src/runtime/changes/watching.js';
import type { AskFiles } from '../../../templates/src/runtime/files/call-file-tool.js';
import type { FileFolders } from '../../../templates/src/runtime/files/folders.js';
import { createScope } from '../../../templates/src/runtime/files/locate.js';
import { performFileAction } from '../../../templates/src/runtime/files/perform.js';
import { watchFiles } from '../../../templates/src/runtime/files/watch-files.js';
import type { ResourceProvider } from '../../../templates/src/runtime/resources.js';
import { backend, connect, ERAS, put, until } from './support.js';

const ONE = 'files://docs/one.txt';
const FOLDERS: FileFolders = {
  id: 'docs',
  roots: [{ name: 'docs', env: 'DOCS' }],
  access: 'read-only',
  limits: { maxFileBytes: 1e6, maxBinaryBytes: 1e6, maxResults: 100, timeoutMs: 1_000 },
  exclude: ['secret/**'],
};

let root: string;
let asked: string[][];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'watched-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Files of a folder, looked at twenty times a second. */
function files(): ResourceProvider {
  asked = [];
  const scope = createScope({ folders: FOLDERS, places: { docs: root }, maxResultChars: 1_000 });
  const ask: AskFiles = async ({ action, args }) => {
    asked.push((args as { paths: string[] }).paths);
    // As in a process that is busy: what is written meanwhile must not be missed.
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { ok: true, answer: performFileAction(scope, action, args) };
  };
  return {
    resources: [],
    templates: [],
    read: (uri) => (uri === 'text://fixed' ? [{ uri, text: 'fixed' }] : undefined),
    watch: watchFiles(['docs'], ask, 50),
  };
}

describe.each(ERAS)('a file that changes, with a client of %s', (era) => {
  const transports =
    era === 'v2 on 2026-07-28' ? (['stdio', 'http'] as const) : (['stdio'] as const);

  test.each(transports)(
    'is told over %s to those who subscribed, until they end it',
    async (over) => {
      await writeFile(join(root, 'one.txt'), 'first');
      await writeFile(join(root, 'two.txt'), 'first');
      const server = put([backend({ resources: files() })], [], over);
      const { client, heard, listen, close } = await connect(era, server, over);
      expect(client.getServerCapabilities()?.resources).toEqual({ subscribe: true });
      const end = await listen([ONE]);
      // Nobody has asked for this one.
      server.live.announce({ updated: 'text://fixed' });
      // At once: from the acknowledgement on nothing is missed.
      await writeFile(join(root, 'one.txt'), 'second');
      await writeFile(join(root, 'two.txt'), 'second');
      await until(() => heard.length > 0);
      await rm(join(root, 'one.txt'));
      await until(() => heard.length > 1);
      expect(new Set(heard)).toEqual(new Set([ONE]));
      expect(new Set(asked.flat())).toEqual(new Set(['one.txt']));
      await end();
      await until(async () => {
        const before = asked.length;
        await new Promise((resolve) => setTimeout(resolve, 200));
        return asked.length === before;
      });
      await close();
    },
  );

  test.each(transports)(
    'a connection over %s that ends takes its subscriptions along',
    async (over) => {
      await writeFile(join(root, 'one.txt'), 'first');
      const server = put([backend({ resources: files() })], [], over);
      const { listen, close } = await connect(era, server, over);
      await listen([ONE]);
      // Nothing waits for it: this would not end in time.
      await close(60_000);
      await until(async () => {
        const before = asked.length;
        await new Promise((resolve) => setTimeout(resolve, 200));
        return asked.length === before;
      });
    },
  );
});

describe('what is not watched', () => {
  test('is left out of the acknowledgement on 2026-07-28', async () => {
    for (const over of ['stdio', 'http'] as const) {
      const server = put([backend({ resources: files() })], [], over);
      const { client, close } = await connect('v2 on 2026-07-28', server, over);
      const uris = [ONE, 'text://fixed', 'files://docs/../up', 'files://other/x'];
      const { honoredFilter } = await client.listen({
        ...{ toolsListChanged: true, resourceSubscriptions: uris },
      });
      expect(honoredFilter).toEqual({ resourceSubscriptions: [ONE] });
      await close();
    }
  });

  test('is refused on 2025-11-25, with the reason', async () => {
    const server = put([backend({ resources: files() })], [], 'stdio');
    const { client, close } = await connect('v2 on 2025-11-25', server, 'stdio');
    await expect(client.subscribeResource({ uri: 'text://fixed' })).rejects.toThrow(
      'Nobody can say when this resource changes',
    );
    await expect(client.subscribeResource({ uri: 'text://none' })).rejects.toThrow('not found');
    await close();
  });

  test('lies outside, is excluded, or is a link that leads away: it never changes', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'outside-'));
    await writeFile(join(outside, 'x'), 'first');
    await symlink(join(outside, 'x'), join(root, 'link'));
    await writeFile(join(root, '.hidden'), 'first');
    const watch = files().watch!;
    const changed: string[] = [];
    const uris = ['link', '.hidden'].map((name) => `files://docs/${name}`);
    const watches = uris.map((uri) => watch(uri, () => void changed.push(uri))!);
    const seen = watch(ONE, () => void changed.push(ONE))!;
    await Promise.all([...watches, seen].map(({ ready }) => ready));
    await writeFile(join(outside, 'x'), 'second, and longer');
    await writeFile(join(root, '.hidden'), 'second, and longer');
    await writeFile(join(root, 'one.txt'), 'changed');
    await until(() => changed.length > 0);
    expect(changed).toEqual([ONE]);
    for (const { stop } of [...watches, seen]) stop();
    await rm(outside, { recursive: true });
  });
});

describe('watching', () => {
  const ready = Promise.resolve();

  test('is begun once for all callers, and stopped with the last', () => {
    const log: string[] = [];
    const watch = (uri: string) => {
      log.push(`begin ${uri}`);
      return { ready, stop: () => void log.push(`stop ${uri}`) };
    };
    const watching = createWatching([{}, { watch }], () => {});
    const first = watching.watch('a')!;
    const second = watching.watch('a')!;
    first.stop();
    first.stop();
    expect(log).toEqual(['begin a']);
    second.stop();
    expect(log).toEqual(['begin a', 'stop a']);
  });

  test('ends for each caller at its share, of which nobody takes anything from another', () => {
    const watching = createWatching([{ watch: () => ({ ready, stop: () => {} }) }], () => {}, 100);
    const all = (caller: unknown, from: number) =>
      Array.from({ length: 100 }, (_, index) => watching.watch(`a:${from + index}`, caller));
    const [first, second] = [all('one', 0), all('two', 100)];
    expect([...first, ...second]).not.toContain(undefined);
    expect(watching.watch('a:100', 'one')).toBeUndefined();
    const again = watching.watch('a:0', 'one');
    expect(again).toBeDefined();
    first[0]?.stop();
    expect(watching.watch('a:100', 'one')).toBeUndefined();
    again?.stop();
    expect(watching.watch('a:100', 'one')).toBeDefined();
    for (const [index, caller] of ['three', 'four', 'five'].entries()) {
      // One of them is free: what the first gave up.
      all(caller, 200 + index * 100);
    }
    expect(watching.watch('b:0', 'six')).toBeDefined();
    expect(watching.watch('b:1', 'six')).toBeUndefined();
    expect(watching.watch('a:7', 'six')).toBeDefined();
  });

  test('over HTTP each request has a share, over stdio the one caller has all', async () => {
    const watch = () => ({ ready, stop: () => {} });
    const resources: ResourceProvider = {
      ...{ resources: [], templates: [], watch },
      read: () => undefined,
    };
    const listen = async (over: 'http' | 'stdio', from: number) => {
      const uris = Array.from({ length: 150 }, (_, index) => `a:${from + index}`);
      const { honoredFilter } = await clients[over].client.listen({ resourceSubscriptions: uris });
      return honoredFilter.resourceSubscriptions?.length;
    };
    const made = (over: 'http' | 'stdio') =>
      connect('v2 on 2026-07-28', put([backend({ resources })], [], over), over);
    const clients = { http: await made('http'), stdio: await made('stdio') };
    expect([await listen('http', 0), await listen('http', 200)]).toEqual([100, 100]);
    expect([await listen('stdio', 0), await listen('stdio', 200)]).toEqual([150, 150]);
    for (const { close } of Object.values(clients)) await close();
  });

  test('ends at five hundred URIs; what is watched already can be asked for again', () => {
    const watching = createWatching([{ watch: () => ({ ready, stop: () => {} }) }], () => {});
    const all = Array.from({ length: 500 }, (_, index) => watching.watch(`a:${index}`));
    expect(all.every((one) => one !== undefined)).toBe(true);
    expect(watching.watch('a:500')).toBeUndefined();
    expect(watching.watch('a:0')).toBeDefined();
    all[7]?.stop();
    expect(watching.watch('a:500')).toBeDefined();
  });
});
