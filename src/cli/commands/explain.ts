import { catalog, diagnostic, isCode } from '../../diagnostics/catalog.js';
import { closest } from '../../diagnostics/closest.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import { ExitCode } from '../exit-codes.js';
import type { Session } from '../session.js';
import { printJson } from '../ui/json.js';
import { wrapped } from '../ui/wrapped.js';

/** `explain <code>`: what a message means. */
export async function explain({ args, io }: Session): Promise<number> {
  const word = args.words[0] ?? '';
  const code = word.toUpperCase();
  if (!isCode(code)) {
    const suggestion = closest(code, Object.keys(catalog));
    const fields = { code: word, ...(suggestion !== undefined && { suggestion }) };
    throw new InputError([diagnostic('MCP604', fields)]);
  }
  const { severity, explain: text } = catalog[code];
  if (args.json) printJson(io, { code, severity, explain: text });
  else io.stdout.write(`${code}  ${severity}\n${wrapped(text.split(' '), 96).join('\n')}\n`);
  return ExitCode.ok;
}
