import { createServer, type RequestListener, type Server } from 'node:http';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLoader } from '../../src/sources/read/loader.js';

let dir: string;
beforeEach(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'loader-')));
  await mkdir(join(dir, 'api/inner'), { recursive: true });
  await mkdir(join(dir, 'api-evil'));
  await writeFile(join(dir, 'api/openapi.yaml'), 'openapi: 3.1.0');
  await writeFile(join(dir, 'api/inner/a b.yaml'), 'a: 1');
  await writeFile(join(dir, 'secret.yaml'), 'secret: 1');
  await writeFile(join(dir, 'api-evil/x.yaml'), 'x: 1');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('files', () => {
  it('are named as the user named them, and read once', async () => {
    const loader = createLoader({ base: dir });
    const entry = await loader.readEntry('./api/openapi.yaml');
    expect(entry).toEqual({ file: './api/openapi.yaml', text: 'openapi: 3.1.0' });
    expect(await loader.readEntry('./api/openapi.yaml')).toBe(entry);
    expect(await loader.readRelative('./api/openapi.yaml', 'openapi.yaml#/a')).toBe(entry);
    expect(loader.texts()).toEqual([entry]);
  });

  it('are named from the working directory when the loader starts elsewhere', async () => {
    const loader = createLoader({ base: join(dir, 'api'), cwd: dir });
    expect((await loader.readEntry('openapi.yaml')).file).toBe('api/openapi.yaml');
  });

  it.each([
    ['a byte order mark', Buffer.from('\ufeffa: 1')],
    ['UTF-16', Buffer.from('\ufeffa: 1', 'utf16le')],
    ['big-endian UTF-16', Buffer.from('\ufeffa: 1', 'utf16le').swap16()],
    ['gzip', gzipSync('a: 1')],
  ])('with %s are decoded', async (_, bytes) => {
    await writeFile(join(dir, 'x'), bytes);
    expect((await createLoader({ base: dir }).readEntry('x')).text).toBe('a: 1');
  });

  it.each([
    ['nowhere.yaml', 'cannot read nowhere.yaml: there is no such file'],
    ['api', 'cannot read api: it is a folder'],
    ['secret.yaml/x', 'cannot read secret.yaml/x: a part of the path is not a folder'],
  ])('%s is refused', async (name, message) => {
    await expect(createLoader({ base: dir }).readEntry(name)).rejects.toThrow(message);
  });

  it('G8 are refused above the limit, before and after unpacking', async () => {
    const loader = createLoader({ base: dir, limits: { bytes: 1000 } });
    await writeFile(join(dir, 'big'), 'x'.repeat(1001));
    await writeFile(join(dir, 'bomb.gz'), gzipSync('x'.repeat(100_000)));
    await expect(loader.readEntry('big')).rejects.toThrow('big is larger than 1000 bytes');
    await expect(loader.readEntry('bomb.gz')).rejects.toThrow('bomb.gz is larger than 1000 bytes');
  });

  it('G8 are refused when there are too many', async () => {
    const loader = createLoader({ base: dir, limits: { files: 1 } });
    await loader.readEntry('api/openapi.yaml');
    await expect(loader.readRelative('api/openapi.yaml', 'inner/a b.yaml')).rejects.toThrow(
      'the number of files is larger than 1',
    );
  });
});

describe('standard input', () => {
  it('is read whole, and up to the limit', async () => {
    const stdin = () => Readable.from([Buffer.from('a: '), Buffer.from('1')]);
    expect((await createLoader({ base: dir, stdin: stdin() }).readEntry('-')).text).toBe('a: 1');
    const small = createLoader({ base: dir, stdin: stdin(), limits: { bytes: 3 } });
    await expect(small.readEntry('-')).rejects.toThrow('standard input is larger than 3 bytes');
  });

  it('has no folder for references', async () => {
    const loader = createLoader({ base: dir, stdin: Readable.from(['a: 1']) });
    await loader.readEntry('-');
    await expect(loader.readRelative('-', 'secret.yaml')).rejects.toThrow('has no folder');
  });
});

describe('G7 references', () => {
  const from = 'api/openapi.yaml';
  async function opened(refRoot?: string) {
    const loader = createLoader({ base: dir, refRoot: () => refRoot });
    await loader.readEntry(from);
    return loader;
  }

  it.each([
    ['inner/a%20b.yaml#/x', 'api/inner/a b.yaml'],
    ['./inner/../inner/a b.yaml', 'api/inner/a b.yaml'],
  ])('%s is followed', async (reference, file) => {
    const loader = await opened();
    expect(await loader.readRelative(from, reference)).toEqual({ file, text: 'a: 1' });
    expect(loader.resolveRelative(from, reference)).toBe(file);
  });

  it.each([
    ['http://127.0.0.1/x.yaml', 'MCP105'],
    ['https://example.com/x.yaml#/a', 'MCP105'],
    ['//example.com/x.yaml', 'MCP105'],
    ['../secret.yaml', 'MCP107'],
    ['../api-evil/x.yaml', 'MCP107'],
    ['../not-there.yaml', 'MCP107'],
    ['%2e%2e/secret.yaml', 'MCP107'],
    ['inner/../../secret.yaml', 'MCP107'],
    ['/etc/passwd', 'MCP107'],
    ['file:///etc/passwd', 'MCP107'],
    ['ftp://example.com/x', 'MCP107'],
    ['C:\\x.yaml', 'MCP107'],
    ['..\\secret.yaml', 'MCP107'],
    ['inner/nowhere.yaml', 'MCP106'],
    ['inner', 'MCP102'],
  ])('%s is refused', async (reference, code) => {
    const loader = await opened();
    await expect(loader.readRelative(from, reference)).rejects.toMatchObject({
      diagnostics: [{ code }],
    });
  });

  it('do not leave the folder through links', async () => {
    await symlink('../secret.yaml', join(dir, 'api/link.yaml'));
    await symlink('..', join(dir, 'api/up'));
    const loader = await opened();
    for (const reference of ['link.yaml', 'up/secret.yaml']) {
      await expect(loader.readRelative(from, reference)).rejects.toThrow('leaves the folder');
    }
  });

  it('may climb in a wider folder, and no further', async () => {
    const loader = await opened(dir);
    expect((await loader.readRelative(from, '../secret.yaml')).file).toBe('secret.yaml');
    await expect(loader.readRelative('secret.yaml', '../x.yaml')).rejects.toThrow('leaves');
  });
});

describe('downloads', () => {
  let server: Server;
  let origin: string;
  let requests: string[];
  async function serve(listener: RequestListener) {
    requests = [];
    server = createServer((request, response) => {
      requests.push(request.url!);
      listener(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  afterEach(async () => {
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  });
  const get = (url: string, limits = {}) => createLoader({ base: dir, limits }).readEntry(url);

  it('follow redirects of the same origin', async () => {
    await serve((request, response) => {
      if (request.url === '/new') response.end('a: 1');
      else response.writeHead(302, { location: '/new' }).end();
    });
    expect(await get(`${origin}/old`)).toEqual({ file: `${origin}/old`, text: 'a: 1' });
  });

  it('G7 do not follow redirects to another site without encryption', async () => {
    await serve((_, response) =>
      response.writeHead(302, { location: 'http://localhost:1/x' }).end(),
    );
    await expect(get(`${origin}/a`)).rejects.toThrow(
      'it redirects to http://localhost:1, which is',
    );
    expect(requests).toEqual(['/a']);
  });

  it('G7 stop after three redirects', async () => {
    await serve((request, response) => {
      response.writeHead(302, { location: `${request.url}x` }).end();
    });
    await expect(get(`${origin}/a`)).rejects.toThrow('more than 3 redirects');
    expect(requests).toEqual(['/a', '/ax', '/axx', '/axxx']);
  });

  it('G13 never hold credentials, and never repeat them', async () => {
    await serve((_, response) => {
      response.writeHead(302, { location: 'https://u:SECRET@127.0.0.1/x' }).end();
    });
    for (const url of ['https://u:SECRET@127.0.0.1/x', `${origin}/a`]) {
      const error = await get(url).catch((e: unknown) => e);
      expect(error).toMatchObject({ diagnostics: [{ code: 'MCP114' }] });
      expect(JSON.stringify(error) + String(error)).not.toContain('SECRET');
    }
  });

  it('G8 count decoded bytes', async () => {
    await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(5_000_000)));
    });
    await expect(get(`${origin}/a`, { bytes: 1_048_576 })).rejects.toThrow('is larger than 1 MiB');
  });

  it('MCP115 tell status, refusal and deadline, without the query', async () => {
    await serve((request, response) => {
      if (request.url!.startsWith('/404')) response.writeHead(404).end();
    });
    await expect(get(`${origin}/404?token=SECRET`)).rejects.toThrow(
      `cannot download ${origin}/404?…: the server answered 404`,
    );
    await expect(get(`${origin}/hang`, { timeout: 50 })).rejects.toThrow(
      'no complete answer within 0.05 s',
    );
    await expect(get('http://127.0.0.1:1/x')).rejects.toThrow(
      'cannot download http://127.0.0.1:1/x',
    );
  });

  it('have no files beside them', async () => {
    await serve((_, response) => response.end('a: 1'));
    const loader = createLoader({ base: dir });
    const { file } = await loader.readEntry(`${origin}/a.yaml`);
    expect(loader.resolveRelative(file, 'b.yaml')).toBeUndefined();
    await expect(loader.readRelative(file, 'b.yaml')).rejects.toThrow('cannot be read');
    expect(requests).toEqual(['/a.yaml']);
  });
});
