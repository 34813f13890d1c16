import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from 'jose';
import { listenHttp } from '../../../templates/src/runtime/serve/serve-http.js';
import type { Assembled } from '../../../templates/src/runtime/start/assemble.js';

export const AUDIENCE = 'https://mcp.example.com/mcp';

export type Key = {
  alg: string;
  kid: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  jwk: JWK;
};

export async function makeKey(alg: string, kid: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, kid, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), alg, kid } };
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** An authorization server on the loopback address, as far as a resource server sees one. */
export async function startIssuer(keys: readonly Key[]) {
  let published = keys.map(({ jwk }) => jwk);
  let answer: Answer | undefined;
  /** Of what is asked for, what clients get. */
  let granted: string[] = [];
  const asked: string[] = [];
  const give = async (request: IncomingMessage, response: ServerResponse) => {
    const form = new URLSearchParams(await text(request));
    const wanted = (form.get('scope') ?? '').split(' ');
    const scope = granted.filter((one) => wanted.includes(one)).join(' ');
    const aud = form.get('resource') ?? 'nobody';
    const access = await token(keys[0]!, { iss: issuer, aud, scope, client_id: 'robot' });
    json(response, { access_token: access, token_type: 'Bearer', expires_in: 300, scope });
  };
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const { url } = request;
    if (answer !== undefined && url === '/keys') return answer(request, response);
    if (url === '/.well-known/oauth-authorization-server') {
      return json(response, {
        issuer,
        jwks_uri: `${issuer}/keys`,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        response_types_supported: ['code'],
        grant_types_supported: ['client_credentials'],
        token_endpoint_auth_methods_supported: ['client_secret_basic'],
      });
    }
    if (url === '/keys' || url === '/moved') return json(response, { keys: published });
    if (url === '/token') return void give(request, response);
    response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    /** Paths, in the order in which they were asked for. */
    asked,
    publish: (next: readonly Key[]) => {
      published = next.map(({ jwk }) => jwk);
    },
    /** Clients of the token endpoint get as much of this as they ask for. */
    grant: (scopes: readonly string[]) => {
      granted = [...scopes];
    },
    /** What is answered in place of the keys; the keys again without it. */
    answerWith: (next?: Answer) => {
      answer = next;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** How a server is assembled that `listenTo` serves. */
export const OVER_HTTP = {
  ...{ transport: 'http' as const, env: {} },
  limits: { timeoutMs: 5_000, maxResultChars: 10_000, concurrency: 4, queue: 4 } as never,
};

/** Serves what was assembled on the loopback address; `close` ends its backends, too. */
export async function listenTo({ factory, access, live, backends }: Assembled) {
  const { url, close } = await listenHttp({
    ...{ factory, access, live },
    ...{ env: {}, host: '127.0.0.1', port: 0, maxBodyBytes: 100_000 },
  });
  return {
    url,
    close: async () => {
      await close(1_000);
      for (const backend of backends) await backend.close();
    },
  };
}

export function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const now = () => Math.floor(Date.now() / 1_000);

/** A token as the issuer makes it; claims that are undefined are left out, times are seconds from now. */
export async function token(
  key: Pick<Key, 'alg' | 'kid' | 'privateKey'>,
  {
    exp = 300,
    nbf,
    ...claims
  }: { iss: string; exp?: number | null; nbf?: number } & Omit<JWTPayload, 'exp' | 'nbf'>,
): Promise<string> {
  const payload = {
    aud: AUDIENCE,
    sub: 'ada',
    ...claims,
    ...(exp !== null && { exp: now() + exp }),
    ...(nbf !== undefined && { nbf: now() + nbf }),
  };
  return new SignJWT(payload as JWTPayload)
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'at+jwt' })
    .sign(key.privateKey);
}
