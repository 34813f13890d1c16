import { z } from 'zod';
import { sourceScopes } from './auth.js';
import type { HttpSecurityScheme, HttpSource, Setting } from '../../blueprint/types.js';
import { envName } from '../env-name.js';
import type { SourceReading } from '../reading.js';
import {
  FILE_PATTERN,
  isWholeReference,
  ONLY_WHOLE,
  readReference,
  variablePattern,
} from '../reference.js';
import { secretSetting } from './setting.js';

const auth = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('bearer'), token: secretSetting.optional() }),
    z.strictObject({
      type: z.literal('apiKey'),
      in: z.enum(['header', 'query', 'cookie']).default('header'),
      name: z
        .string()
        .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'must be the name of a header or parameter'),
      key: secretSetting.optional(),
    }),
    z.strictObject({
      type: z.literal('basic'),
      username: secretSetting.optional(),
      password: secretSetting.optional(),
    }),
  ],
  { error: 'its type must be bearer, apiKey or basic' },
);

const ADDRESS = 'https?:\\/\\/[^\\s/@]+\\S*';

/** An API without a document: its tools are declared in mcp.yaml. */
export const httpSource = z.strictObject({
  http: z
    .string()
    .regex(
      new RegExp(`^(?:${ADDRESS}|${variablePattern(`(?:${ADDRESS})?`)}|${FILE_PATTERN})$`),
      'must be an http(s) address, ${NAME}, ${NAME:-https://…} or ${file:/run/secrets/name}',
    )
    .refine(isWholeReference, { message: ONLY_WHOLE })
    .describe('Address of the API: a URL, ${NAME} or ${NAME:-https://…}'),
  title: z.string().min(1).max(200).optional(),
  scopes: sourceScopes,
  auth: auth.optional().describe('What every request proves itself with; from the environment'),
});

export type HttpEntry = z.infer<typeof httpSource>;

/** The scheme that the tools of such a source ask for. */
const DECLARED_AUTH = 'auth';

/** The source that an entry declares; its tools stand under `tools:`. */
export function readHttpSource(id: string, entry: HttpEntry, file: string): SourceReading {
  const named = readReference(entry.http);
  const url = (named ? named.fallback : entry.http)?.replace(/\/+$/, '');
  const hasUrl = url !== undefined && url !== '';
  const env = named?.env ?? envName(id, 'BASE_URL');
  const scheme = schemeOf(id, entry.auth);
  const source: HttpSource = {
    kind: 'http',
    id,
    title: entry.title ?? id,
    servers: { default: { env, ...(hasUrl && { url }) } },
    securitySchemes: scheme ? { [DECLARED_AUTH]: scheme } : {},
    schemas: {},
    settings: [
      {
        env,
        description: `Address of ${entry.title ?? id}`,
        secret: false,
        required: !hasUrl,
        ...(hasUrl && { default: url }),
      },
      ...settingsOf(id, scheme),
    ],
    origin: { file, path: ['sources', id] },
  };
  return {
    source,
    tools: [],
    skipped: [],
    findings: [],
    title: entry.title,
    description: undefined,
  };
}

function schemeOf(id: string, entry: HttpEntry['auth']): HttpSecurityScheme | undefined {
  if (entry === undefined) return undefined;
  const env = (text: string | undefined, suffix: string) =>
    readReference(text)?.env ?? envName(id, suffix);
  if (entry.type === 'bearer') return { type: 'bearer', env: env(entry.token, 'TOKEN') };
  if (entry.type === 'apiKey') {
    return { type: 'apiKey', in: entry.in, name: entry.name, env: env(entry.key, 'API_KEY') };
  }
  const [usernameEnv, passwordEnv] = [
    env(entry.username, 'USERNAME'),
    env(entry.password, 'PASSWORD'),
  ];
  return { type: 'basic', usernameEnv, passwordEnv };
}

function settingsOf(id: string, scheme: HttpSecurityScheme | undefined): Setting[] {
  const setting = (env: string, description: string, secret = true): Setting => ({
    env,
    description: `${description} for ${id}`,
    secret,
    required: true,
  });
  if (scheme?.type === 'bearer') return [setting(scheme.env, 'Bearer token')];
  if (scheme?.type === 'apiKey') return [setting(scheme.env, `Key, sent as ${scheme.name},`)];
  if (scheme?.type !== 'basic') return [];
  return [setting(scheme.usernameEnv, 'User name', false), setting(scheme.passwordEnv, 'Password')];
}
