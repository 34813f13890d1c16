import type { Arguments } from '../arguments.js';

/** A word as a POSIX shell reads it back; left plain where nothing in it means something. */
export function shellWord(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The command that makes the same project again without a question. */
export function repeatCommand(
  args: Arguments,
  chosen: { source: string; dir: string; transports: string[]; include: string[] },
): string {
  const flags: string[] = [];
  const add = (flag: string, value: string | undefined) => {
    if (value !== undefined) flags.push(flag, value);
  };
  add('--name', args.name);
  if (chosen.transports.length === 1) add('--transports', chosen.transports[0]);
  add('--base-url', args.baseUrl);
  for (const selector of chosen.include) add('--include', selector);
  for (const selector of args.exclude) add('--exclude', selector);
  add('--output-schemas', args.outputSchemas);
  add('--ref-root', args.refRoot);
  const words = ['npx', 'create-mcp-server', chosen.source, chosen.dir, ...flags, '--yes'];
  return words.map(shellWord).join(' ');
}
