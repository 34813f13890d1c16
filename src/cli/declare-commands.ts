import yargs, { type Argv } from 'yargs';
import { closest } from '../diagnostics/closest.js';
import { addOptions } from './add/add-flags.js';
import type { CommandName } from './command-names.js';
import {
  checkOptions,
  diffOptions,
  regenerateOptions,
  scaffoldOptions,
  selectionOptions,
  writingOptions,
} from './command-options.js';
import { usageError } from './usage-error.js';

/** The commands and their flags; `chosen` is told which one was called. */
export function declareCommands(version: string, chosen: (name: CommandName) => void): Argv {
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
      selectionOptions,
      () => chosen('inspect'),
    )
    .command(
      'add [kind] [words..]',
      'add to the project here: an API, a database, folders, another MCP server, a tool, a prompt, a resource',
      (command: Argv) => addOptions(writingOptions(selectionOptions(command))),
      () => chosen('add'),
    )
    .command(
      'regenerate [dir]',
      'make the project match its mcp.yaml and sources',
      regenerateOptions,
      () => chosen('regenerate'),
    )
    .command('diff [path]', 'show what regenerate would do', diffOptions, () => chosen('diff'))
    .command('check [dir]', 'is the project in step? (exit code 1 if not)', checkOptions, () =>
      chosen('check'),
    )
    .command(
      'eject <path>',
      'make a generated file yours for good',
      (command: Argv) => command,
      () => chosen('eject'),
    )
    .command(
      'explain [code]',
      'what a message means, e.g. MCP104',
      (command: Argv) => command,
      () => chosen('explain'),
    )
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
