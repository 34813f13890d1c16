import { AsyncLocalStorage } from 'node:async_hooks';
import type { AuthInfo } from '@modelcontextprotocol/server';
import type { Access, AccessFactory } from './access.js';
import { log } from '../log.js';
import type { AuthFacts } from './auth-facts.js';
import { readAuthSettings } from './auth-settings.js';
import { insufficientScope, lacking, unauthorized, unavailable } from './challenges.js';
import { metadataAddress, resourceMetadata } from './resource-metadata.js';
import { tokenKeys } from './token-keys.js';
import { toolsBehind } from './tools-behind.js';
import { verifyToken, type TokenHolder } from './verify-token.js';

/** RFC 6750 section 2.1; a token in the query or in a body is not looked for (MCP 2026-07-28, Authorization). */
const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** Answers those who come with an access token of the issuer: this server as a resource server of OAuth 2.0. */
export function bearerAuth(facts: AuthFacts): AccessFactory {
  return ({ env, title, tools }): Access => {
    const settings = readAuthSettings(facts, env);
    const { resource, scopes: always } = settings;
    const besides = Object.values(facts.offers ?? {}).flatMap((said) => Object.values(said).flat());
    const metadata = metadataAddress(resource);
    const all = unique([...always, ...tools.flatMap(({ scopes = [] }) => scopes), ...besides]);
    const keys = tokenKeys(settings);
    // What a call leads to, however deep, is done for its caller.
    const calls = new AsyncLocalStorage<TokenHolder>();

    const missing = (scopes: readonly string[], holder: TokenHolder | undefined) =>
      unique(scopes).filter((scope) => holder?.scopes.has(scope) !== true);

    return {
      describe: resourceMetadata(settings, { title, scopes: all }),
      admit: async (request, next) => {
        const challenge = { metadata, scopes: always };
        const given = request.headers.get('authorization');
        if (given === null) return unauthorized(challenge);
        const token = BEARER.exec(given)?.[1];
        if (token === undefined) return unauthorized(challenge, 'it is no bearer token');
        const verified = await verifyToken(token, keys, settings);
        if ('unavailable' in verified) return unavailable();
        if ('refused' in verified) {
          log.debug('token refused', { reason: verified.refused });
          return unauthorized(challenge, verified.refused);
        }
        const { holder } = verified;
        const lacks = missing(always, holder);
        if (lacks.length > 0) return insufficientScope(challenge, lacks);
        return calls.run(holder, () => next(authInfo(holder, { resource, metadata })));
      },
      guard: (factory, catalogue) => (context) => {
        const mcp = factory(context);
        // The protocol layer asks when it has found a request to be one, of whatever version, and before it runs it.
        mcp.resolveScopeChallenge = ({ request }) => {
          const behind = toolsBehind(catalogue(), request, facts.offers);
          const needed = behind.flatMap(({ scopes = [] }) => scopes);
          const lacks = missing(needed, calls.getStore());
          if (lacks.length === 0) return undefined;
          const [first = '', ...rest] = unique([...always, ...needed]);
          return { scopes: [first, ...rest], errorDescription: lacking(lacks) };
        };
        return mcp;
      },
      watching: ({ watch }, catalogue) => ({
        watch: (uri, caller) => {
          const holder = calls.getStore();
          const read = { method: 'resources/read', params: { uri } };
          const needed = toolsBehind(catalogue(), read, facts.offers).flatMap(
            ({ scopes = [] }) => scopes,
          );
          return missing(needed, holder).length > 0
            ? undefined
            : watch(uri, (holder && callerOf(holder)) ?? caller);
        },
      }),
      missing: ({ scopes = [] }) => missing(scopes, calls.getStore()),
      claim: (name) => {
        const { claims = {} } = calls.getStore() ?? {};
        const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
        // A larger number may have been read as that of somebody else.
        return typeof value === 'string' || Number.isSafeInteger(value) ? String(value) : undefined;
      },
      redact: (text) => {
        const token = calls.getStore()?.token;
        return token === undefined ? text : text.replaceAll(token, '[token]');
      },
    };
  };
}

/** For the protocol layer. The token itself stays here: nothing beyond has a use for it. */
function authInfo(
  { scopes, claims }: TokenHolder,
  { resource, metadata }: { resource: URL; metadata: string },
): AuthInfo {
  const client = claims['client_id'] ?? claims['azp'];
  return {
    token: '',
    clientId: typeof client === 'string' ? client : '',
    scopes: [...scopes],
    ...(claims.exp !== undefined && { expiresAt: claims.exp }),
    ...(claims.sub !== undefined && { extra: { subject: claims.sub } }),
    resource,
    resourceMetadataUrl: metadata,
  };
}

/** By what all requests of one caller are known as such; undefined for a token that does not say whose it is. */
function callerOf({ claims }: TokenHolder): string | undefined {
  if (claims.sub !== undefined) return `sub ${claims.sub}`;
  const client = claims['client_id'] ?? claims['azp'];
  return typeof client === 'string' ? `client ${client}` : undefined;
}

function unique(scopes: readonly string[]): string[] {
  return [...new Set(scopes)];
}
