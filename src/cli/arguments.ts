import yargs, { type Argv } from 'yargs';
import { closest } from '../diagnostics/closest.js';
import { addOptions, toAddFlags, type AddFlags } from './add/add-flags.js';
import { list, optional, single, STDIN } from './parsed-flags.js';
import { usageError } from './usage-error.js';

export const COMMANDS = [
  'add',
  'inspect',
  'regenerate',
  'diff',
  'check',
  'eject',
  'explain',
] as const;
export type CommandName = 'scaffold' | (typeof COMMANDS)[number];

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
  const parser = declare(version, (name) => {
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

function declare(version: string, chosen: (name: CommandName) => void): Argv {
  const parser = yargs()
    .scriptName('create-mcp-server')
    .version(version)
    .help()
    .alias('help', 'h')
    .locale('en')
    .wrap(96)
    .exitProcess(false)
    .parserConfiguration({
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    // Without a throw here yargs would go on to run the command after a failed validation.
    .fail((message, error) => {
      if (error && error.name !== 'YError') throw error;
      throw usageError(explained(message || error.message, parser));
    })
    .strict()
    .command(
      '$0 [source] [dir]',
      'make a server from an OpenAPI document, an SQL schema or a manifest',
      scaffoldOptions,
      () => chosen('scaffold'),
    )
    .command(
      'inspect [source]',
      'show the tools that would be made, and their cost (exit code 0 with findings, too)',
      selection,
      () => chosen('inspect'),
    )
    .command(
      'add [kind] [words..]',
      'add to the project here: an API, a database, folders, another MCP server, a tool, a prompt, a resource',
      (command: Argv) => addOptions(writing(selection(command))),
      () => chosen('add'),
    )
    .command('regenerate [dir]', 'make the project match its mcp.yaml and sources', renewal, () =>
      chosen('regenerate'),
    )
    .command('diff [path]', 'show what regenerate would do', patching, () => chosen('diff'))
    .command('check [dir]', 'is the project in step? (exit code 1 if not)', checking, () =>
      chosen('check'),
    )
    .command('eject <path>', 'make a generated file yours for good', plain, () => chosen('eject'))
    .command('explain [code]', 'what a message means, e.g. MCP104', plain, () => chosen('explain'))
    .options({
      json: {
        type: 'boolean',
        default: false,
        describe: 'one JSON object on stdout, nothing else',
      },
      quiet: { type: 'boolean', default: false, describe: 'no progress and no summary' },
      color: { type: 'boolean', default: true, describe: 'colours on a terminal' },
    })
    .example('$0 ./openapi.yaml my-server', 'a server in ./my-server')
    .example('$0 ./schema.sql my-db', 'the same for a database')
    .example('$0 add openapi ./orders.yaml --prefix orders', 'one more API, in a project')
    .example('$0 inspect https://example.com/openapi.json', 'look first');
  return parser;
}

/** yargs' words for a mistyped flag, with the flag that was likely meant. */
function explained(message: string, parser: Argv): string {
  const [, unknown] = /^Unknown arguments?: (.+)$/.exec(message) ?? [];
  if (unknown === undefined) return message;
  const { key } = (
    parser as Argv & { getOptions(): { key: Record<string, unknown> } }
  ).getOptions();
  const flags = Object.keys(key).filter((name) => name.length > 1);
  const given = unknown.split(', ');
  // yargs names a flag of several words twice.
  const words = given.filter(
    (word) => !given.some((other) => other !== word && camelCase(other) === word),
  );
  const suggestion = words.map((word) => closest(word, flags)).find((flag) => flag !== undefined);
  const told = `Unknown argument${words.length === 1 ? '' : 's'}: ${words.join(', ')}`;
  return suggestion === undefined ? told : `${told}; did you mean --${suggestion}?`;
}

function camelCase(flag: string): string {
  return flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function plain(parser: Argv): Argv {
  return parser;
}

function scaffoldOptions(parser: Argv): Argv {
  return writing(selection(parser)).options({
    name: { type: 'string', nargs: 1, describe: 'name of the server; default: the folder' },
    transports: {
      alias: 'transport',
      type: 'string',
      nargs: 1,
      describe: 'stdio, http or both; default: stdio,http',
    },
    'package-manager': {
      type: 'string',
      nargs: 1,
      choices: ['npm', 'pnpm', 'yarn', 'bun'],
      describe: 'for --install and the commands shown',
    },
    install: { type: 'boolean', describe: 'install the dependencies (without their scripts)' },
    git: { type: 'boolean', describe: 'start a repository with a first commit' },
    yes: { alias: 'y', type: 'boolean', default: false, describe: 'ask nothing' },
  });
}

function selection(parser: Argv): Argv {
  return parser.options({
    include: {
      type: 'string',
      nargs: 1,
      describe:
        'only these: tag:pets, "GET /store/**", operationId; tables: orders, log_* (repeatable)',
    },
    exclude: { type: 'string', nargs: 1, describe: 'not these, in the same form (repeatable)' },
    'base-url': { type: 'string', nargs: 1, describe: 'address of the API' },
    'output-schemas': {
      type: 'string',
      nargs: 1,
      choices: ['off', 'shallow', 'full'],
      describe: 'how much of each result the list describes; default: shallow',
    },
    dialect: {
      type: 'string',
      nargs: 1,
      choices: ['postgres', 'mysql', 'sqlite'],
      describe: 'of an SQL schema; default: told by what stands in it',
    },
    reader: {
      type: 'string',
      nargs: 1,
      choices: ['exact', 'fast'],
      describe: 'of a PostgreSQL schema: run it, or only parse it; default: exact',
    },
    access: {
      type: 'string',
      nargs: 1,
      choices: ['read-only', 'create', 'read-write'],
      describe: 'to the tables of a database; default: read-only',
    },
    profile: {
      type: 'string',
      nargs: 1,
      choices: ['typed', 'hybrid', 'generic'],
      describe: 'tools for each table, for some, or for all together; default: by size',
    },
    'ref-root': {
      type: 'string',
      nargs: 1,
      describe: 'folder that references may not leave; default: that of the document',
    },
  });
}

function writing(parser: Argv): Argv {
  return parser.options({
    'dry-run': { type: 'boolean', default: false, describe: 'show what would be written' },
    force: { type: 'boolean', default: false, describe: 'overwrite conflicting files' },
  });
}

function renewal(parser: Argv): Argv {
  return writing(parser).options({
    source: {
      type: 'string',
      nargs: 1,
      describe: 'take a new version of an input first: [id=]<file or address> (repeatable)',
    },
    bump: {
      type: 'boolean',
      default: false,
      describe: 'write the suggested version into mcp.yaml and package.json',
    },
  });
}

function patching(parser: Argv): Argv {
  return parser.options({
    patch: { type: 'boolean', default: false, describe: 'with the lines that would change' },
  });
}

function checking(parser: Argv): Argv {
  return parser.options({
    against: {
      type: 'string',
      nargs: 1,
      describe: 'compare the tools with those of a git commit, branch or tag',
    },
    'fail-on': {
      type: 'string',
      nargs: 1,
      choices: ['breaking', 'risky', 'none'],
      describe: 'which changes since --against are findings; default: breaking',
    },
    format: {
      type: 'string',
      nargs: 1,
      choices: ['text', 'github'],
      describe: 'github prints annotations for GitHub Actions',
    },
    refresh: {
      type: 'boolean',
      default: false,
      describe: 'fetch inputs that came from an address, and say whether they have changed',
    },
    full: {
      type: 'boolean',
      default: false,
      describe: 'generate everything to compare, even where hashes prove that nothing changed',
    },
  });
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
