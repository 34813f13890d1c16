import { z } from 'zod';
import type { Auth, AuthText } from '../../blueprint/auth.js';
import type { Setting } from '../../blueprint/types.js';
import { isWholeReference, ONLY_WHOLE, readReference } from '../reference.js';
import { markSettings, withoutFiles } from './setting.js';

/** https, or a server on this machine; without user, query and fragment. */
const ADDRESS =
  /^(?:https:\/\/[^\s/@?#"\\]+|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?)(?:\/[^\s?#"\\]*)?$/;

const address = z
  .string()
  .max(500)
  .refine(isWholeReference, { message: ONLY_WHOLE })
  .refine((text) => ADDRESS.test(givenIn(text) ?? 'https://x'), {
    message:
      'must be an https address without query (http only for this machine), ${NAME}, ${NAME:-https://…} or ${file:/run/secrets/name}',
  });

const scope = z
  .string()
  .max(200)
  .regex(
    /^[\x21\x23-\x5B\x5D-\x7E]+$/,
    'must be an OAuth scope: no spaces, no quotes, no backslashes (RFC 6749 section 3.3)',
  )
  .refine((text) => !text.includes('${'), {
    message: 'must be the scope itself: nothing fills in ${…} here',
  });

/** OAuth scopes, all of which are needed. */
export const scopesSchema = z
  .array(scope)
  .max(50)
  .refine((scopes) => new Set(scopes).size === scopes.length, 'must name each scope once');

/** Of the tools of a source, by what they do. */
export const sourceScopes = z
  .strictObject({
    read: scopesSchema.optional().describe('For tools that only read'),
    write: scopesSchema.optional().describe('For all others'),
  })
  .optional()
  .describe('OAuth scopes that callers need over HTTP, unless tools says otherwise');

/** `serve.auth`: whose access tokens are accepted. */
export const authSchema = z
  .strictObject({
    issuer: address.describe('Of the authorization server, exactly as its tokens have it in iss'),
    audience: z
      .string()
      .max(500)
      .regex(/^[^\s"\\]+$/, 'must have no spaces, quotes and backslashes')
      .refine(isWholeReference, { message: ONLY_WHOLE })
      .describe('What tokens for this server have in aud: its public address, as a rule'),
    resource: address
      .optional()
      .describe('Public address of the endpoint, where the audience is none'),
    jwksUri: address.optional().describe('Where its keys are; found by its metadata unless given'),
    algorithms: z
      .array(
        z.enum([
          ...(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const),
          ...(['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'] as const),
        ]),
      )
      .min(1)
      .optional()
      .describe('Signatures that are accepted; all of these unless given'),
    scopes: scopesSchema.optional().describe('What every request needs'),
  })
  .superRefine(({ audience, resource }, context) => {
    const given = givenIn(audience);
    if (resource !== undefined || given === undefined || ADDRESS.test(given)) return;
    const message =
      'is no address, so serve.auth needs a resource: the public address of the endpoint, https://mcp.example.com/mcp';
    context.addIssue({ code: 'custom', path: ['audience'], message });
  });

export type AuthEntry = z.infer<typeof authSchema>;

/** `isOnly`: over stdio nobody is asked for a token, so that the settings can be missing there. */
export function readAuth(entry: AuthEntry, isOnly: boolean): Auth {
  // Settings that lie in files are known by a variable from here on.
  const plain = withoutFiles(entry);
  const auth = authOf(plain.value, isOnly);
  markSettings(auth.settings, plain);
  return auth;
}

function authOf(entry: AuthEntry, isOnly: boolean): Auth {
  const { issuer, audience, resource, jwksUri, algorithms, scopes } = entry;
  const setting = (text: string | undefined, description: string): Setting[] => {
    const { env, value } = read(text ?? '');
    if (env === undefined) return [];
    const isNeeded = value === undefined;
    return [
      {
        env,
        description: isNeeded && !isOnly ? `${description}; needed over HTTP` : description,
        secret: false,
        required: isNeeded && isOnly,
        ...(value !== undefined && { default: value }),
      },
    ];
  };
  return {
    issuer: read(issuer),
    audience: read(audience),
    ...(resource !== undefined && { resource: read(resource) }),
    ...(jwksUri !== undefined && { jwksUri: read(jwksUri) }),
    ...(algorithms && { algorithms }),
    ...(scopes && { scopes }),
    settings: [
      ...setting(issuer, 'Address of the authorization server, as its tokens have it in iss'),
      ...setting(audience, 'What tokens for this server have in aud'),
      ...setting(resource, 'Public address of this server'),
      ...setting(jwksUri, 'Address of the keys of the authorization server'),
    ],
  };
}

function read(text: string): AuthText {
  const reference = readReference(text);
  if (!reference) return { value: text };
  const { env, fallback } = reference;
  return { env, ...(fallback && { value: fallback }) };
}

/** What is known of a value before the server starts; undefined where that comes from the environment. */
function givenIn(text: string): string | undefined {
  return read(text).value;
}
