import { toAddFlags, type AddFlags } from './add/add-flags.js';
import type { CommandName } from './command-names.js';
import { declareCommands } from './declare-commands.js';
import { list, optional, single, STDIN } from './parsed-flags.js';
import { usageError } from './usage-error.js';

/** A parsed command line; values are as typed, lists are split and complete. */
export type Arguments = {
  command: CommandName;
  /** Positional arguments, without the command. */
  words: string[];
  name?: string;
  transports?: ('stdio' | 'http')[];
  baseUrl?: string;
  include: string[];
  exclude: string[];
  outputSchemas?: 'off' | 'shallow' | 'full';
  dialect?: 'postgres' | 'mysql' | 'sqlite';
  reader?: 'exact' | 'fast';
  access?: 'read-only' | 'create' | 'read-write';
  profile?: 'typed' | 'hybrid' | 'generic';
  refRoot?: string;
  packageManager?: 'npm' | 'pnpm' | 'yarn' | 'bun';
  install?: boolean;
  git?: boolean;
  /** New versions of inputs: `[id=]<file or address>`. */
  sources: string[];
  against?: string;
  failOn: 'breaking' | 'risky' | 'none';
  format: 'text' | 'github';
  bump: boolean;
  patch: boolean;
  refresh: boolean;
  full: boolean;
  dryRun: boolean;
  force: boolean;
  yes: boolean;
  json: boolean;
  quiet: boolean;
  color: boolean;
  /** Of the command add. */
  add: AddFlags;
};

/** Text to print for `--help` and `--version`, or what to do. Throws an InputError (MCP603) for a wrong command line. */
export async function parseArguments(
  argv: readonly string[],
  version: string,
): Promise<{ text: string } | Arguments> {
  let text = '';
  let command: CommandName = 'scaffold';
  const parser = declareCommands(version, (name) => {
    command = name;
  });
  // yargs loses a lone hyphen among positional arguments.
  // What stands after "--" is a command of somebody else, and its flags are its own.
  const end = argv[0] === 'add' && argv.includes('--') ? argv.indexOf('--') : argv.length;
  const words = argv.slice(0, end).map((word) => (word === '-' ? STDIN : word));
  const parsed = await parser.parseAsync(words, {}, (_error, _argv, output) => {
    text = output;
  });
  if (text !== '') return { text };
  const args = toArguments(command, parsed as Record<string, unknown>);
  return { ...args, words: [...args.words, ...argv.slice(end + 1)] };
}

function toArguments(command: CommandName, parsed: Record<string, unknown>): Arguments {
  const word = (key: string) => {
    const value = parsed[key];
    return typeof value === 'string' ? [value === STDIN ? '-' : value] : [];
  };
  const flag = (key: string) => parsed[key] === true;
  return {
    command,
    words: [
      ...(command === 'regenerate' ? [] : word('source')),
      ...(command === 'add' ? [] : word('dir')),
      ...word('path'),
      ...word('code'),
      ...(command === 'add' ? [...word('kind'), ...list(parsed, 'words')] : []),
    ],
    ...optional('name', single(parsed, 'name')),
    ...optional('transports', transports(list(parsed, 'transports'))),
    ...optional('baseUrl', single(parsed, 'base-url')),
    include: list(parsed, 'include'),
    exclude: list(parsed, 'exclude'),
    ...optional('outputSchemas', single(parsed, 'output-schemas') as Arguments['outputSchemas']),
    ...optional('dialect', single(parsed, 'dialect') as Arguments['dialect']),
    ...optional('reader', single(parsed, 'reader') as Arguments['reader']),
    ...optional('access', single(parsed, 'access') as Arguments['access']),
    ...optional('profile', single(parsed, 'profile') as Arguments['profile']),
    ...optional('refRoot', single(parsed, 'ref-root')),
    ...optional('packageManager', single(parsed, 'package-manager') as Arguments['packageManager']),
    ...optional('install', parsed['install'] as boolean | undefined),
    ...optional('git', parsed['git'] as boolean | undefined),
    sources: command === 'regenerate' ? list(parsed, 'source') : [],
    ...optional('against', single(parsed, 'against')),
    failOn: (single(parsed, 'fail-on') as Arguments['failOn'] | undefined) ?? 'breaking',
    format: (single(parsed, 'format') as Arguments['format'] | undefined) ?? 'text',
    bump: flag('bump'),
    patch: flag('patch'),
    refresh: flag('refresh'),
    full: flag('full'),
    dryRun: flag('dry-run'),
    force: flag('force'),
    yes: flag('yes'),
    json: flag('json'),
    quiet: flag('quiet'),
    color: flag('color'),
    add: toAddFlags(parsed),
  };
}

function transports(values: string[]): Arguments['transports'] {
  if (values.length === 0) return undefined;
  const names = new Set(values.flatMap((value) => value.split(',')).map((name) => name.trim()));
  const unknown = [...names].find((name) => name !== 'stdio' && name !== 'http');
  if (unknown !== undefined)
    throw usageError(`--transports: "${unknown}" is neither stdio nor http`);
  return (['stdio', 'http'] as const).filter((name) => names.has(name));
}
