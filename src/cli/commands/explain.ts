import { CHANGE_RULES, type ChangeCode } from '../../blueprint/compare.js';
import { catalog, diagnostic, isCode } from '../../diagnostics/catalog.js';
import { closest } from '../../diagnostics/closest.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import { ExitCode } from '../exit-codes.js';
import type { Session } from '../session.js';
import { printJson } from '../ui/json.js';
import { wrapped } from '../ui/wrapped.js';

/** `explain <code>`: what a message means, or a change of the tool surface. */
export async function explain({ args, io }: Session): Promise<number> {
  const [word] = args.words;
  if (word === undefined) {
    const usage = 'create-mcp-server explain <code>, e.g. explain MCP104';
    throw new InputError([diagnostic('MCP601', { what: 'the code of a message', usage })]);
  }
  const { heading, ...meaning } = meaningOf(word);
  if (args.json) printJson(io, meaning);
  else {
    const lines = wrapped(meaning.explain.split(' '), 96);
    io.stdout.write(`${meaning.code}  ${heading}\n${lines.join('\n')}\n`);
  }
  return ExitCode.ok;
}

function meaningOf(word: string) {
  const code = word.toUpperCase();
  if (isCode(code)) {
    const { severity, explain: text } = catalog[code];
    return { code, severity, explain: text, heading: severity };
  }
  const change = word.toLowerCase();
  if (isChange(change)) {
    const { input, output, explain: text } = CHANGE_RULES[change];
    const heading =
      input === output ? input : `${input} for what a tool takes, ${output} for what it gives`;
    return { code: change, class: { input, output }, explain: text, heading };
  }
  const suggestion =
    closest(code, Object.keys(catalog)) ?? closest(change, Object.keys(CHANGE_RULES));
  const fields = { code: word, ...(suggestion !== undefined && { suggestion }) };
  throw new InputError([diagnostic('MCP604', fields)]);
}

function isChange(word: string): word is ChangeCode {
  return Object.hasOwn(CHANGE_RULES, word);
}
