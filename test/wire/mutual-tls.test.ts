import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { emitProject, type EmittedProject } from '../support/emitted-project.js';
import { connectStdio } from '../support/emitted-server.js';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) console.warn('Mutual TLS is not tested: openssl is needed to make certificates.');

let project: EmittedProject;
let folder: string;
let server: Server;
/** Who has called, as the certificate says. */
let callers: string[] = [];

const file = (name: string) => join(folder, name);

/** A certificate for this machine that signs itself. */
function makeCertificate(name: string): void {
  const { status, stderr } = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-days', '2', '-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'],
    ...['-keyout', file(`${name}.key`), '-out', file(`${name}.pem`)],
  ]);
  if (status !== 0) throw new Error(String(stderr));
}

describe.skipIf(!hasOpenssl)('mutual TLS', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mutual-tls-'));
    for (const name of ['upstream', 'client', 'stranger']) makeCertificate(name);
    server = createServer(
      {
        cert: readFileSync(file('upstream.pem')),
        key: readFileSync(file('upstream.key')),
        ca: readFileSync(file('client.pem')),
        requestCert: true,
        rejectUnauthorized: true,
      },
      (request, response) => {
        const { subject } = (request.socket as TLSSocket).getPeerCertificate();
        callers.push(String(subject.CN));
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ name: subject.CN }));
      },
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    project = await emitProject({
      name: 'vault',
      documents: { vault: 'fixtures/wire/mutual-tls.yaml' },
    });
  }, 120_000);

  afterAll(async () => {
    server?.closeAllConnections();
    server?.close();
    await project?.remove();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(() => {
    callers = [];
  });

  /** What the tool says in a server with this environment; the upstream is trusted unless that says otherwise. */
  async function whoAmI(env: Record<string, string>) {
    const { port } = server.address() as AddressInfo;
    const { client, stderr } = await connectStdio(project, 'v2 on 2026-07-28', {
      VAULT_BASE_URL: `https://127.0.0.1:${port}`,
      NODE_EXTRA_CA_CERTS: file('upstream.pem'),
      ...env,
    });
    const result = await client.callTool({ name: 'whoAmI' });
    await client.close();
    const [content] = result.content as { text: string }[];
    return { text: content?.text ?? '', isError: result.isError, stderr: stderr() };
  }

  const certificate = (name: string) => ({
    VAULT_CLIENT_CERT_FILE: file(`${name}.pem`),
    VAULT_CLIENT_KEY_FILE: file(`${name}.key`),
  });

  test('the certificate of the settings is shown', async () => {
    const { text, isError } = await whoAmI(certificate('client'));
    expect([text, isError]).toEqual(['{"name":"client"}', undefined]);
    expect(callers).toEqual(['client']);
  });

  test('one that the upstream does not know is refused by it, and nothing is repeated', async () => {
    const { text, isError } = await whoAmI(certificate('stranger'));
    expect(isError).toBe(true);
    expect(text).toContain(
      'GET /whoami failed: the connection to the upstream broke before an answer came.',
    );
    expect(callers).toEqual([]);
  });

  test('without one nothing leaves, and the settings are named', async () => {
    const { text, isError } = await whoAmI({});
    expect(isError).toBe(true);
    expect(text).toBe(
      'whoAmI is not configured on this server:\n- Set VAULT_CLIENT_CERT_FILE and VAULT_CLIENT_KEY_FILE.',
    );
    expect(callers).toEqual([]);
  });

  test('nor to an upstream that nobody vouches for', async () => {
    const { text } = await whoAmI({ ...certificate('client'), NODE_EXTRA_CA_CERTS: '' });
    expect(text).toContain('the upstream cannot be reached: its TLS certificate is self-signed.');
    expect(text).toContain('The request was not sent: nothing was changed.');
    expect(callers).toEqual([]);
  });

  test('a file that holds something else is said to be wrong', async () => {
    const { text } = await whoAmI({
      ...certificate('client'),
      VAULT_CLIENT_CERT_FILE: file('client.key'),
    });
    expect(text).toContain('- VAULT_CLIENT_CERT_FILE must name a readable PEM file.');
  });

  test('a key that belongs to another certificate is said to be wrong', async () => {
    const { text, stderr } = await whoAmI({
      ...certificate('client'),
      VAULT_CLIENT_KEY_FILE: file('stranger.key'),
    });
    expect(text).toBe(
      'whoAmI is not configured on this server:\n- VAULT_CLIENT_KEY_FILE must name the key of the certificate in VAULT_CLIENT_CERT_FILE.',
    );
    expect(text + stderr).not.toContain('PRIVATE KEY');
    expect(callers).toEqual([]);
  });
});
