import { parseArgs } from 'node:util';
import type { ServerInfo, TransportName } from '../catalogue.js';
import { readChoice, readInteger, type Environment } from '../settings/settings.js';

export type ServeCommand = { kind: 'stdio' } | { kind: 'http'; host: string; port: number };

export type Command = { kind: 'help' } | { kind: 'version' } | ServeCommand;

/** The command line cannot be understood; the message says what is wrong. */
export class UsageError extends Error {}

const OPTIONS = {
  stdio: { type: 'boolean' },
  http: { type: 'boolean' },
  host: { type: 'string' },
  port: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

const TRANSPORTS: readonly TransportName[] = ['stdio', 'http'];
const PORT = { fallback: 3000, min: 0, max: 65_535 };

/** Flags win over MCP_TRANSPORT, HOST and PORT; stdio is served where it can be and nothing was said. Throws UsageError, SettingError. */
export function readCommand(
  argv: readonly string[],
  env: Environment,
  { transports }: Pick<ServerInfo, 'transports'>,
): Command {
  const flags = parse(argv);
  if (flags.help) return { kind: 'help' };
  if (flags.version) return { kind: 'version' };
  if (flags.stdio && flags.http) throw new UsageError('--stdio and --http exclude each other');

  const flagged = flags.stdio ? 'stdio' : flags.http ? 'http' : undefined;
  const transport =
    flagged ??
    readChoice(env, 'MCP_TRANSPORT', TRANSPORTS, undefined) ??
    (transports.includes('stdio') ? 'stdio' : 'http');
  if (!transports.includes(transport)) {
    throw new UsageError(
      `this server is not made for ${transport}, only for ${transports.join(', ')}`,
    );
  }
  if (transport === 'stdio') return { kind: 'stdio' };
  return {
    kind: 'http',
    host: flags.host ?? (env['HOST']?.trim() || '127.0.0.1'),
    port:
      flags.port === undefined
        ? readInteger(env, 'PORT', PORT)
        : readInteger({ '--port': flags.port }, '--port', PORT),
  };
}

/** What `--help` prints. */
export function usage({ name, title, version, transports }: ServerInfo): string {
  const http = transports.includes('http');
  const lines = [
    `${title} ${version}, an MCP server`,
    '',
    `Usage: ${name} [options]`,
    '',
    ...(transports.includes('stdio')
      ? ['  --stdio          serve one client on stdin and stdout']
      : []),
    ...(http
      ? [
          '  --http           serve Streamable HTTP at /mcp, with /health and /ready',
          '  --host <name>    address to listen on (HOST; 127.0.0.1)',
          '  --port <number>  port to listen on (PORT; 3000)',
        ]
      : []),
    '  --version        print the version',
    '  --help           print this text',
    '',
    `MCP_TRANSPORT chooses between ${transports.join(' and ')} where no option does.`,
    'LOG_LEVEL is debug, info, warn or error; LOG_FORMAT is text or json. Logs go to stderr.',
    ...(http ? ['ALLOWED_HOSTS and ALLOWED_ORIGINS list who may call besides this machine.'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
