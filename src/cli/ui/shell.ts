import type { Arguments } from '../arguments.js';

/** A word as a POSIX shell reads it back; left plain where nothing in it means something. */
export function shellWord(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** What was decided on the command line or by answers. */
export type Chosen = {
  source: string;
  dir: string;
  transports: string[];
  include: string[];
  install: boolean;
};

/** The command that makes the same project again without a question. */
export function repeatCommand(args: Arguments, chosen: Chosen): string {
  const { transports, install } = chosen;
  return commandLine(chosen.source, [
    chosen.source,
    chosen.dir,
    ...valued('--name', args.name),
    ...valued('--transports', transports.length === 1 ? transports[0] : undefined),
    ...selectionFlags(args, chosen.include),
    ...valued('--package-manager', args.packageManager),
    ...(install ? ['--install'] : []),
    ...(args.git ? ['--git'] : []),
    '--yes',
  ]);
}

/** The command that shows what was found in the same document, with the same selection. */
export function inspectCommand(args: Arguments, chosen: Pick<Chosen, 'source' | 'include'>) {
  const { source, include } = chosen;
  return commandLine(source, ['inspect', source, ...selectionFlags(args, include)]);
}

function selectionFlags(args: Arguments, include: readonly string[]): string[] {
  return [
    ...valued('--base-url', args.baseUrl),
    ...include.flatMap((selector) => ['--include', selector]),
    ...args.exclude.flatMap((selector) => ['--exclude', selector]),
    ...valued('--output-schemas', args.outputSchemas),
    ...valued('--dialect', args.dialect),
    ...valued('--reader', args.reader),
    ...valued('--access', args.access),
    ...valued('--profile', args.profile),
    ...valued('--ref-root', args.refRoot),
  ];
}

function valued(flag: string, value: string | undefined): string[] {
  return value === undefined ? [] : [flag, value];
}

function commandLine(source: string, words: readonly string[]): string {
  const line = ['npx', 'create-mcp-server', ...words].map(shellWord).join(' ');
  // What was piped in has no name that could be repeated.
  return source === '-' ? `${line} < openapi-document` : line;
}
