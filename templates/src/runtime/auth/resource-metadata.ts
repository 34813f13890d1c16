import type { AuthSettings } from './auth-settings.js';

const WELL_KNOWN = '/.well-known/oauth-protected-resource';
/** Path of the endpoint in this process; a proxy before it may give it another one. */
const ENDPOINT = '/mcp';

/** The address of the document: the well-known path stands before that of the resource (RFC 9728 section 3.1). */
export function metadataAddress({ origin, pathname }: URL): string {
  return `${origin}${WELL_KNOWN}${pathname === '/' ? '' : pathname.replace(/\/$/, '')}`;
}

/** Answers for the Protected Resource Metadata (RFC 9728 section 3.2) at its paths; undefined for other paths. */
export function resourceMetadata(
  { resource, issuer }: Pick<AuthSettings, 'resource' | 'issuer'>,
  { title, scopes }: { title: string; scopes: readonly string[] },
): (request: Request) => Response | undefined {
  const paths = new Set([
    WELL_KNOWN,
    `${WELL_KNOWN}${ENDPOINT}`,
    new URL(metadataAddress(resource)).pathname,
  ]);
  const document = {
    resource: resource.pathname === '/' ? resource.origin : resource.href,
    authorization_servers: [issuer],
    ...(scopes.length > 0 && { scopes_supported: scopes }),
    bearer_methods_supported: ['header'],
    resource_name: title,
  };
  return ({ method, url }) => {
    if (!paths.has(new URL(url).pathname)) return undefined;
    if (method === 'GET' || method === 'HEAD') {
      return Response.json(document, { headers: { 'cache-control': 'max-age=3600' } });
    }
    const body = { error: 'method not allowed' };
    return Response.json(body, { status: 405, headers: { allow: 'GET, HEAD' } });
  };
}
