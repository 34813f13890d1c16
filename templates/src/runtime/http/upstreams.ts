import type { Environment } from '../settings/settings.js';
import type { HttpTool } from './http-tool.js';
import { accessProblems, chooseAlternative } from './access.js';
import type { Connections } from './connections.js';
import {
  givenProblems,
  givenVariables,
  readGiven,
  type GivenState,
  type GivenValues,
} from './given-values.js';
import { readLimits, type Limits } from './limits.js';
import type { HttpOperation, HttpSource } from './operation.js';
import { createRedactor } from './redact.js';
import { readScheme, schemeVariables, type SchemeState } from './security-schemes.js';
import { readServerUrl, type ServerUrl } from './server-url.js';

/**
 * The APIs behind the tools: where they are, what proves who calls, and how much may go on at
 * once.
 */
export type Upstreams = {
  /**
   * Why a tool cannot work with this environment, each a sentence that names the variable to
   * set; empty when it can.
   */
  problems: (tool: Pick<HttpTool, 'request'>) => string[];
  /** Closes idle connections and ends the others. */
  close: () => Promise<void>;
  /** The text without any secret of the environment or token fetched since. */
  redact: (text: string) => string;
  limits: Limits;
  userAgent: string;
  baseUrl: (operation: HttpOperation) => ServerUrl;
  /** What the parameters that are no arguments are sent with. */
  given: (operation: HttpOperation) => GivenValues | undefined;
  /** What requests are sent with, the same every time; loaded when it is first asked for. */
  connections: () => Promise<Connections>;
  /**
   * Variables that a person may have to correct: of the base URL, and of the credentials in use.
   */
  variables: (operation: HttpOperation) => { url?: string; credentials: string[] };
};

export type UpstreamsOptions = { limits?: Partial<Limits>; userAgent?: string };

type ReadSource = {
  source: HttpSource;
  servers: Map<string, ServerUrl>;
  schemes: Map<string, SchemeState>;
  given: GivenState;
};

/**
 * Reads base URLs, secrets and limits, once: later changes of the environment have no effect.
 * Throws SettingError for a limit that is none; missing secrets and URLs are reported per tool
 * by `problems`.
 */
export function createUpstreams(
  sources: Record<string, HttpSource>,
  environment: Environment,
  options: UpstreamsOptions = {},
): Upstreams {
  const env = { ...environment };
  const limits: Limits = { ...readLimits(env), ...options.limits };
  const read = new Map(
    Object.entries(sources).map(([id, source]) => [id, readSource(source, env)]),
  );
  const states = [...read.values()].flatMap(({ schemes }) => [...schemes.values()]);
  const givens = [...read.values()].map(({ given }) => given);
  const redactor = createRedactor([...states, ...givens].flatMap(({ secrets }) => secrets));
  const find = (operation: HttpOperation): ReadSource | undefined => read.get(operation.source);
  const alternative = (operation: HttpOperation) =>
    chooseAlternative(operation.security, find(operation)?.schemes ?? new Map());

  const baseUrl = (operation: HttpOperation): ServerUrl =>
    find(operation)?.servers.get(operation.server ?? 'default') ?? {
      problem: `There is no server for ${operation.method} ${operation.path}.`,
    };

  let connected: Promise<Connections> | undefined;
  const connections = () =>
    (connected ??= import('./connections.js').then(({ createConnections }) =>
      createConnections({
        env,
        limits,
        source: (operation) => find(operation)?.source,
        alternative,
        onToken: redactor.add,
      }),
    ));

  return {
    limits,
    userAgent: options.userAgent ?? 'mcp-server',
    redact: redactor.redact,
    baseUrl,
    connections,
    given: (operation) => find(operation)?.given.values,
    problems: ({ request }) => {
      const server = baseUrl(request);
      const source = find(request);
      return [
        ...('problem' in server ? [server.problem] : []),
        ...accessProblems(request.security, source?.schemes ?? new Map()),
        ...(source ? givenProblems(request, source.given) : []),
      ];
    },
    variables: (operation) => {
      const { source, given } = find(operation) ?? {};
      const chosen = Object.keys(alternative(operation) ?? {});
      // A call without credentials that is refused may be one that needs them after all.
      const names = chosen.length > 0 ? chosen : (operation.security ?? []).flatMap(Object.keys);
      const schemes = names.flatMap((name) => source?.securitySchemes[name] ?? []);
      const url = source?.servers[operation.server ?? 'default']?.env;
      return {
        ...(url === undefined ? {} : { url }),
        credentials: [
          ...new Set([
            ...schemes.flatMap(schemeVariables),
            ...(given ? givenVariables(operation, given) : []),
          ]),
        ],
      };
    },
    close: async () => (await connected)?.close(),
  };
}

function readSource(source: HttpSource, env: Environment): ReadSource {
  const servers = Object.entries(source.servers).map(
    ([key, server]) => [key, readServerUrl(server, env)] as const,
  );
  const schemes = Object.entries(source.securitySchemes).map(
    ([name, scheme]) => [name, readScheme(scheme, env)] as const,
  );
  const given = readGiven(source.given ?? [], env);
  return { source, servers: new Map(servers), schemes: new Map(schemes), given };
}
