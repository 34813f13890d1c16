import type { HttpServer } from '../../blueprint/types.js';
import { envName } from '../env-name.js';
import { readReference } from '../reference.js';
import { child, children, isObject, stringAt, type Node } from './node.js';

/** Longest address that a server may have. */
const MAX_URL = 2_000;

/**
 * The servers of a source, gathered as operations name them: the document's own are `default`, each different set of a path
 * or an operation gets a key made from its host or path.
 */
export class Servers {
  readonly found: Record<string, HttpServer> = {};
  readonly #sourceId: string;
  readonly #documentUrl: string | undefined;
  readonly #keys = new Map<string, string>();

  constructor(options: {
    sourceId: string;
    root: Node;
    isSwagger2: boolean;
    baseUrl?: string;
    documentUrl?: string;
  }) {
    this.#sourceId = options.sourceId;
    this.#documentUrl = options.documentUrl;
    const declared = options.isSwagger2
      ? readHost(options.root)
      : this.#read(child(options.root, 'servers'));
    const server = options.baseUrl === undefined ? declared : fromManifest(options.baseUrl);
    const env = envName(options.sourceId, 'BASE_URL');
    this.found['default'] = this.#named({ env, ...server }, env.replace(/_BASE_URL$/, ''));
    const url = declared?.url;
    if (url !== undefined) this.#keys.set(url, 'default');
  }

  /** The key for a list of servers; undefined for the default one. */
  keyFor(servers: Node): string | undefined {
    const server = this.#read(servers);
    if (server?.url === undefined) return undefined;
    const known = this.#keys.get(server.url);
    if (known !== undefined) return known === 'default' ? undefined : known;
    const base = server.url.replace(/^https?:\/\//, '').replaceAll(/\{[^}]*\}/g, '');
    const key = this.#unused(
      base
        .replaceAll(/[^A-Za-z0-9]+/g, '-')
        .replaceAll(/^-+|-+$/g, '')
        .toLowerCase()
        .slice(0, 40),
    );
    const env = envName(this.#sourceId, key, 'BASE_URL');
    this.found[key] = this.#named({ ...server, env }, env.replace(/_BASE_URL$/, ''));
    this.#keys.set(server.url, key);
    return key;
  }

  #unused(base: string): string {
    const start = base === '' || base === 'default' ? 'server' : base;
    let key = start;
    for (let n = 2; Object.hasOwn(this.found, key); n += 1) key = `${start}-${n}`;
    return key;
  }

  #named(server: HttpServer, prefix: string): HttpServer {
    if (!server.variables) return server;
    const variables = Object.entries(server.variables).map(
      ([name, variable]) => [name, { ...variable, env: envName(prefix, 'SERVER', name) }] as const,
    );
    return { ...server, variables: Object.fromEntries(variables) };
  }

  /** The first usable entry (OpenAPI 3.1 §4.8.5); relative URLs are relative to where the document came from. */
  #read(servers: Node): { url?: string; variables?: HttpServer['variables'] } | undefined {
    for (const node of children(servers)) {
      const written = stringAt(node, 'url')?.trim();
      if (written === undefined || written.length > MAX_URL) continue;
      const variables = readVariables(node, written);
      const url = this.#absolute(written.replace(/\/+$/, ''));
      if (url === undefined) continue;
      return { url, ...(Object.keys(variables).length > 0 && { variables }) };
    }
    return undefined;
  }

  #absolute(url: string): string | undefined {
    // Credentials in an address would end up in generated files.
    if (/^(?:[a-z]+:)?\/\/[^/?#]*@/i.test(url)) return undefined;
    if (/^https?:\/\//i.test(url)) return url;
    if (url.startsWith('//')) return `https:${url}`;
    if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return undefined;
    // A template that starts with a variable is absolute by its default: `{scheme}://…`, `{host}/v1`.
    if (url.startsWith('{') && url.includes('}://')) return url;
    if (this.#documentUrl === undefined || !URL.canParse(url, this.#documentUrl)) return undefined;
    return new URL(url, this.#documentUrl).href
      .replace(/\/+$/, '')
      .replaceAll('%7B', '{')
      .replaceAll('%7D', '}');
  }
}

function readVariables(node: Node, url: string): NonNullable<HttpServer['variables']> {
  const variables: NonNullable<HttpServer['variables']> = {};
  for (const [, name] of url.matchAll(/\{([^{}]+)\}/g)) {
    if (name === undefined) continue;
    const variable = child(child(node, 'variables'), name);
    const values = child(variable, 'enum').value;
    const allowed = Array.isArray(values) ? values.map(String) : [];
    const fallback = child(variable, 'default').value ?? allowed[0];
    const text = fallback === undefined ? '' : String(fallback);
    variables[name] = { env: '', default: text, ...(allowed.length > 0 && { enum: allowed }) };
  }
  return variables;
}

/** `schemes`, `host` and `basePath` of Swagger 2.0. */
function readHost(root: Node): { url?: string } | undefined {
  const host = stringAt(root, 'host');
  if (host === undefined || host.trim() === '' || host.length > MAX_URL) return undefined;
  const schemes = child(root, 'schemes').value;
  const scheme =
    Array.isArray(schemes) && !schemes.includes('https') && schemes.includes('http')
      ? 'http'
      : 'https';
  const base = (stringAt(root, 'basePath') ?? '').slice(0, MAX_URL).replace(/\/+$/, '');
  return {
    url: `${scheme}://${host.trim()}${base === '' || base.startsWith('/') ? base : `/${base}`}`,
  };
}

/** `https://…`, `${NAME}` or `${NAME:-https://…}`. */
function fromManifest(baseUrl: string): Partial<HttpServer> {
  const reference = readReference(baseUrl.trim());
  if (!reference) return { url: baseUrl.trim().replace(/\/+$/, '') };
  const { env, fallback } = reference;
  return { env, ...(fallback && { url: fallback.replace(/\/+$/, '') }) };
}

/** Whether a value of `servers` says anything. */
export function hasServers(node: Node | undefined): node is Node {
  return Array.isArray(node?.value) && node.value.some(isObject);
}
