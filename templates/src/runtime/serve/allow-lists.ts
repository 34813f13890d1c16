import { readList, SettingError, type Environment } from '../settings/settings.js';

/** Who may talk to the server over HTTP: names without port, and whole origins. */
export type AllowLists = { hosts: ReadonlySet<string>; origins: ReadonlySet<string> };

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const EVERY_ADDRESS = new Set(['0.0.0.0', '::', '[::]']);

/**
 * Loopback names, the address the server listens on, and what ALLOWED_HOSTS (`mcp.example.com`) and ALLOWED_ORIGINS
 * (`https://app.example.com`, or a host name for any scheme and port) add. Throws SettingError.
 */
export function readAllowLists(env: Environment, listenHost: string): AllowLists {
  const own = hostName(listenHost.includes(':') ? `[${listenHost}]` : listenHost);
  const listening = own === undefined || isEveryAddress(own) ? [] : [own];
  const hosts = readList(env, 'ALLOWED_HOSTS').map((entry) => {
    const name = entry.includes('*') ? undefined : hostName(entry);
    if (name !== undefined) return name;
    throw new SettingError('ALLOWED_HOSTS', `must list host names, and ${entry} is not one`);
  });
  const origins = readList(env, 'ALLOWED_ORIGINS').map((entry) => {
    const origin = entry.includes('://') ? originOf(entry) : hostName(entry);
    if (origin !== undefined && !entry.includes('*')) return origin;
    throw new SettingError('ALLOWED_ORIGINS', `must list origins, and ${entry} is not one`);
  });
  return {
    hosts: new Set([...LOOPBACK, ...listening, ...hosts]),
    origins: new Set([...LOOPBACK, ...origins]),
  };
}

/** Whether listening on `host` means to listen on all addresses of the machine. */
export function isEveryAddress(host: string): boolean {
  return EVERY_ADDRESS.has(host);
}

/** Protects a local port from web pages whose name was made to point to it (DNS rebinding). */
export function isAllowedHost(header: string | null, { hosts }: AllowLists): boolean {
  const name = header === null ? undefined : hostName(header);
  return name !== undefined && hosts.has(name);
}

/** Programs send no Origin; browsers always do, so a page may call only when it is listed. */
export function isAllowedOrigin(header: string | null, { origins }: AllowLists): boolean {
  if (header === null) return true;
  const origin = originOf(header);
  if (origin === undefined) return false;
  return origins.has(origin) || origins.has(new URL(origin).hostname);
}

function hostName(host: string): string | undefined {
  // A URL would take what stands before an @ for a user and what follows a slash for a path.
  if (!/^[^\s/@?#\\]+$/.test(host)) return undefined;
  return parseUrl(`http://${host}`)?.hostname;
}

function originOf(text: string): string | undefined {
  const origin = parseUrl(text)?.origin;
  return origin === undefined || origin === 'null' ? undefined : origin;
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
