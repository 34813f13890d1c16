import type { Argv } from 'yargs';

/** Of the command without a name. */
export function scaffoldOptions(parser: Argv): Argv {
  return writingOptions(selectionOptions(parser)).options({
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

/** What is taken of an input, and how. */
export function selectionOptions(parser: Argv): Argv {
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
      describe: 'of an SQL schema, mysql for MariaDB, too; default: told by what stands in it',
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

/** Of commands that write files. */
export function writingOptions(parser: Argv): Argv {
  return parser.options({
    'dry-run': { type: 'boolean', default: false, describe: 'show what would be written' },
    force: { type: 'boolean', default: false, describe: 'overwrite conflicting files' },
  });
}

export function regenerateOptions(parser: Argv): Argv {
  return writingOptions(parser).options({
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

export function diffOptions(parser: Argv): Argv {
  return parser.options({
    patch: { type: 'boolean', default: false, describe: 'with the lines that would change' },
  });
}

export function checkOptions(parser: Argv): Argv {
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
