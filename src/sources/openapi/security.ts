import type { HttpSecurityScheme, Setting } from '../../blueprint/types.js';
import { modelLine } from '../../blueprint/model-text.js';
import { closest } from '../../diagnostics/closest.js';
import type { Context } from './context.js';
import { child, children, isObject, stringAt, type Node } from './node.js';
import { envName } from '../env-name.js';

/** Security schemes that the emitted server can meet, what each needs from the environment, and what applies by default. */
export type Security = {
  schemes: Record<string, HttpSecurityScheme>;
  settings: Setting[];
  /** Requirements of an operation: alternatives of scheme → scopes. Undefined where nothing is needed. */
  requirementsOf: (
    own: Node | undefined,
    always: boolean,
  ) => Record<string, string[]>[] | undefined;
};

/** The scheme that stands in for a document that says nothing of authentication. */
const IMPLIED = 'token';

/**
 * Reads Security Scheme Objects (OpenAPI 3.1 §4.8.27; Swagger 2.0 `securityDefinitions`). A document that declares none
 * still gets an optional bearer token, because most such APIs want one all the same.
 */
export function readSecurity(context: Context, sourceId: string, isSwagger2: boolean): Security {
  const { root, references } = context;
  const schemes: Record<string, HttpSecurityScheme> = {};
  const settings: Setting[] = [];
  const declared = isSwagger2
    ? child(root, 'securityDefinitions')
    : child(child(root, 'components'), 'securitySchemes');
  for (const written of children(declared)) {
    const node = references.resolve(written);
    const name = String(written.key);
    if (!node || !isObject(node.value)) continue;
    const scheme = readScheme(node, name, sourceId);
    if (typeof scheme === 'string') {
      context.findings.add('MCP208', { scheme: name, why: scheme }, written);
      continue;
    }
    schemes[name] = scheme;
    settings.push(...settingsOf(scheme, name, stringAt(node, 'description')));
  }
  if (children(declared).length === 0) {
    const env = envName(sourceId, 'TOKEN');
    schemes[IMPLIED] = { type: 'bearer', env };
    settings.push({
      env,
      secret: true,
      required: false,
      description: 'Bearer token; the document does not say whether one is needed',
    });
  }
  const known = new Set([...children(declared).map(({ key }) => String(key)), IMPLIED]);
  /** A requirement names a scheme that nothing declares: most likely it is a token, and a call without it fails. */
  const declare = (node: Node): void => {
    const name = String(node.key);
    if (known.has(name)) return;
    known.add(name);
    const target = name.includes('#') ? references.target(root.file, name) : undefined;
    const meant = target && readScheme(target, String(target.key), sourceId);
    if (target && typeof meant === 'object') {
      // OpenAPI 3.2 §4.30: a requirement may name a scheme by its address.
      schemes[name] = meant;
      if (!known.has(String(target.key)))
        settings.push(...settingsOf(meant, String(target.key), stringAt(target, 'description')));
      return;
    }
    const why = 'it is not declared, and read as a bearer token';
    context.findings.add('MCP208', { scheme: name, why, ...suggested(name, schemes) }, node);
    const scheme: HttpSecurityScheme = { type: 'bearer', env: schemeEnv(name, sourceId, 'TOKEN') };
    schemes[name] = scheme;
    settings.push(...settingsOf(scheme, name, undefined));
  };
  return {
    schemes,
    settings,
    requirementsOf: (own, always) =>
      requirements(context, schemes, own, declare) ?? (always ? optional(schemes) : undefined),
  };
}

/** Whatever is set, or nothing. */
function optional(schemes: object): Record<string, string[]>[] {
  return [...Object.keys(schemes).map((name) => ({ [name]: [] })), {}];
}

function suggested(name: string, schemes: object): { suggestion?: string } {
  const suggestion = closest(name, Object.keys(schemes));
  return suggestion === undefined ? {} : { suggestion };
}

/** `PETSTORE_API_KEY` for the scheme `api_key` of the source `petstore`. */
function schemeEnv(name: string, sourceId: string, ...suffix: string[]): string {
  return envName(sourceId, withoutSource(name, sourceId), ...suffix);
}

function requirements(
  { root }: Context,
  schemes: Record<string, HttpSecurityScheme>,
  own: Node | undefined,
  declare: (node: Node) => void,
): Record<string, string[]>[] | undefined {
  const list = own ?? child(root, 'security');
  if (Array.isArray(list.value)) children(list).flatMap(children).forEach(declare);
  if (!Array.isArray(list.value)) {
    // Schemes that nothing asks for: the author forgot to, or leaves it to the caller.
    return optional(schemes);
  }
  const alternatives = children(list)
    .filter((node) => isObject(node.value))
    .map((node) =>
      Object.fromEntries(
        children(node)
          .filter(({ key }) => Object.hasOwn(schemes, String(key)))
          .map(({ key, value }) => [
            String(key),
            Array.isArray(value) ? value.filter((scope) => typeof scope === 'string') : [],
          ]),
      ),
    );
  const asked = children(list).map((node) => children(node).length);
  // An alternative of which nothing is supported is no way in; one that asks for nothing is.
  const usable = alternatives.filter(
    (alternative, index) => Object.keys(alternative).length > 0 || asked[index] === 0,
  );
  if (usable.length === 0 || usable.every((alternative) => Object.keys(alternative).length === 0))
    return undefined;
  return usable;
}

function readScheme(node: Node, name: string, sourceId: string): HttpSecurityScheme | string {
  const type = stringAt(node, 'type')?.toLowerCase();
  const env = (...suffix: string[]): string => schemeEnv(name, sourceId, ...suffix);
  if (type === 'apikey') {
    const place = stringAt(node, 'in');
    const key = stringAt(node, 'name');
    if (key === undefined) return 'it does not name its key';
    if (place !== 'header' && place !== 'query' && place !== 'cookie')
      return 'its place is not header, query or cookie';
    return {
      type: 'apiKey',
      in: place,
      name: key,
      env: env(/key|token|secret/i.test(name) ? '' : 'KEY'),
    };
  }
  const scheme = type === 'basic' ? 'basic' : stringAt(node, 'scheme')?.toLowerCase();
  if (type === 'basic' || (type === 'http' && scheme === 'basic')) {
    return { type: 'basic', usernameEnv: env('USERNAME'), passwordEnv: env('PASSWORD') };
  }
  if (type === 'http') {
    if (scheme === undefined || scheme === 'bearer')
      return { type: 'bearer', env: env(/token/i.test(name) ? '' : 'TOKEN') };
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(scheme)) return 'its scheme is not a token';
    return { type: 'http', scheme, env: env('CREDENTIALS') };
  }
  if (type === 'oauth2') return readOAuth2(node, env, name);
  if (type === 'openidconnect') return { type: 'bearer', env: env('TOKEN') };
  if (type === 'mutualtls')
    return { type: 'mutualTLS', certEnv: env('CERT_FILE'), keyEnv: env('KEY_FILE') };
  return `its type is ${type === undefined ? 'missing' : JSON.stringify(type)}`;
}

function readOAuth2(
  node: Node,
  env: (...suffix: string[]) => string,
  name: string,
): HttpSecurityScheme {
  const token = env(/token$/i.test(name) ? '' : 'TOKEN');
  const flow = child(child(node, 'flows'), 'clientCredentials');
  const isApplication = stringAt(node, 'flow') === 'application';
  const tokenUrl = stringAt(isApplication ? node : flow, 'tokenUrl');
  if (tokenUrl === undefined || !/^https?:\/\//i.test(tokenUrl))
    return { type: 'bearer', env: token };
  const refreshUrl = stringAt(flow, 'refreshUrl');
  return {
    type: 'clientCredentials',
    env: token,
    clientIdEnv: env('CLIENT_ID'),
    clientSecretEnv: env('CLIENT_SECRET'),
    tokenUrl,
    tokenUrlEnv: env('TOKEN_URL'),
    ...(refreshUrl !== undefined && { refreshUrl }),
  };
}

/** `petstore_auth` of the source `petstore` is `auth`: the variable starts with the source anyway. */
function withoutSource(name: string, sourceId: string): string {
  const short = name.toLowerCase().startsWith(sourceId.toLowerCase())
    ? name.slice(sourceId.length)
    : name;
  return /[A-Za-z0-9]/.test(short) ? short : name;
}

function settingsOf(scheme: HttpSecurityScheme, name: string, text: string | undefined): Setting[] {
  const said = modelLine(text ?? '', 160);
  const about = said === '' ? ` for the security scheme ${modelLine(name, 60)}` : `: ${said}`;
  const secret = (env: string, what: string): Setting => ({
    env,
    description: `${what}${about}`,
    secret: true,
    required: false,
  });
  const plain = (env: string, what: string): Setting => ({ ...secret(env, what), secret: false });
  switch (scheme.type) {
    case 'apiKey':
      return [secret(scheme.env, `API key, sent as ${scheme.in} ${modelLine(scheme.name, 60)}`)];
    case 'basic':
      return [plain(scheme.usernameEnv, 'User name'), secret(scheme.passwordEnv, 'Password')];
    case 'bearer':
      return [secret(scheme.env, 'Bearer token')];
    case 'http':
      return [secret(scheme.env, `Credentials of the ${scheme.scheme} scheme`)];
    case 'mutualTLS':
      return [
        plain(scheme.certEnv, 'PEM file of the client certificate'),
        plain(scheme.keyEnv, 'PEM file of its key'),
      ];
    case 'clientCredentials':
      return [
        plain(scheme.clientIdEnv, 'OAuth 2.0 client id'),
        secret(scheme.clientSecretEnv, 'OAuth 2.0 client secret'),
        { ...plain(scheme.tokenUrlEnv, 'OAuth 2.0 token endpoint'), default: scheme.tokenUrl },
        secret(scheme.env, 'Access token, used instead of client id and secret'),
      ];
  }
}
