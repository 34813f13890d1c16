import { Agent, type Dispatcher } from 'undici';
import type { Environment } from '../settings/settings.js';
import { readAccess, type Access, type Alternative } from './access.js';
import { readPem } from './client-certificate.js';
import { createTokenSource, type TokenSource } from './client-credentials.js';
import { createLanes, type Lane } from './lane.js';
import type { Limits } from './limits.js';
import type { HttpOperation, HttpSource } from './operation.js';

/** What requests are sent with. */
export type Connections = {
  access: (operation: HttpOperation) => Promise<Access>;
  dispatcher: (operation: HttpOperation) => Dispatcher;
  lane: (origin: string) => Lane;
  /** Closes idle connections and ends the others. */
  close: () => Promise<void>;
};

export type ConnectionsOptions = {
  env: Environment;
  limits: Limits;
  source: (operation: HttpOperation) => HttpSource | undefined;
  /** Undefined for an operation that cannot be called. */
  alternative: (operation: HttpOperation) => Alternative | undefined;
  /** Told every token that was fetched, and what for: one of the same slot takes its place. */
  onToken: (token: string, slot: string) => void;
};

type ClientCertificate = { cert?: string | undefined; key?: string | undefined };

/** Opens nothing yet: connections and tokens are made when they are first needed, and kept. */
export function createConnections({
  env,
  limits,
  source,
  alternative,
  onToken,
}: ConnectionsOptions): Connections {
  const agents = new Map<string, Agent>();
  const tokenSources = new Map<string, TokenSource>();

  const agentOf = (key: string, certificate: () => ClientCertificate = () => ({})): Agent => {
    const known = agents.get(key);
    if (known !== undefined) return known;
    const agent = new Agent({
      connect: { timeout: limits.headersTimeoutMs, ...certificate() },
      connections: limits.concurrency,
    });
    agents.set(key, agent);
    return agent;
  };

  const tokenSource = (operation: HttpOperation, name: string): TokenSource => {
    const key = `${operation.source} ${name}`;
    const scheme = source(operation)?.securitySchemes[name];
    if (scheme?.type !== 'clientCredentials') throw new Error(`${name} has no token endpoint`);
    const tokens =
      tokenSources.get(key) ??
      createTokenSource(scheme, env, {
        dispatcher: agentOf(''),
        limits,
        onToken: (token, scope) => onToken(token, `${key} ${scope}`),
      });
    tokenSources.set(key, tokens);
    return tokens;
  };

  return {
    lane: createLanes(limits),
    access: async (operation) => {
      const found = source(operation);
      const chosen = alternative(operation);
      if (found === undefined || chosen === undefined) throw new Error('tool is not ready');
      return readAccess(chosen, found, env, (name) => tokenSource(operation, name));
    },
    dispatcher: (operation) => {
      for (const name of Object.keys(alternative(operation) ?? {})) {
        const scheme = source(operation)?.securitySchemes[name];
        if (scheme?.type !== 'mutualTLS') continue;
        return agentOf(`${scheme.certEnv} ${scheme.keyEnv}`, () => ({
          cert: readPem(env, scheme.certEnv),
          key: readPem(env, scheme.keyEnv),
        }));
      }
      return agentOf('');
    },
    close: async () => {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
      agents.clear();
    },
  };
}
