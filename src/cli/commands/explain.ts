import { CHANGE_RULES, type ChangeCode } from '../../blueprint/compare.js';
import { catalog, diagnostic, isCode, type Code } from '../../diagnostics/catalog.js';
import { closest } from '../../diagnostics/closest.js';
import type { DiagnosticDefinition } from '../../diagnostics/define-diagnostics.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import { ExitCode } from '../exit-codes.js';
import type { Session } from '../session.js';
import { printJson } from '../ui/json.js';
import { wrapped } from '../ui/wrapped.js';

const WIDTH = 96;

/** `explain <code>`: what a message means and what to do about it, or a change of the tool surface. */
export async function explain({ args, io }: Session): Promise<number> {
  const [word] = args.words;
  if (word === undefined) {
    const usage = 'create-mcp-server explain <code>, e.g. explain MCP104';
    throw new InputError([diagnostic('MCP601', { what: 'the code of a message', usage })]);
  }
  const { heading, ...meaning } = meaningOf(word);
  if (args.json) printJson(io, meaning);
  else {
    const { code, explain: text, fix } = meaning;
    const lines = wrapped(text.split(' '), WIDTH);
    if (fix !== undefined) {
      const folded = wrapped(fix.split(' '), WIDTH - 5);
      lines.push(...folded.map((line, index) => `${index === 0 ? 'fix  ' : '     '}${line}`));
    }
    io.stdout.write(`${code}  ${heading}\n${lines.join('\n')}\n`);
  }
  return ExitCode.ok;
}

type Meaning = {
  code: string;
  explain: string;
  /** What stands beside the code in the first line. */
  heading: string;
  fix?: string;
};

function meaningOf(word: string): Meaning {
  const code = word.toUpperCase();
  if (isCode(code)) return messageMeaning(code);
  const change = word.toLowerCase();
  if (isChange(change)) {
    const { input, output, explain: text } = CHANGE_RULES[change];
    const heading =
      input === output ? input : `${input} for what a tool takes, ${output} for what it gives`;
    const kinds = { class: { input, output } };
    return { code: change, ...kinds, explain: text, heading };
  }
  const suggestion =
    closest(code, Object.keys(catalog)) ?? closest(change, Object.keys(CHANGE_RULES));
  const fields = { code: word, ...(suggestion !== undefined && { suggestion }) };
  throw new InputError([diagnostic('MCP604', fields)]);
}

/** The sentences of a code with the names of their facts in place of these. */
function messageMeaning(code: Code): Meaning {
  const definition = catalog[code] as unknown as DiagnosticDefinition<object>;
  const { severity, explain: text } = definition;
  const message = definition.message(placeholders(true));
  // Advice that holds without a suggestion says more than `did you mean "<suggestion>"?`.
  const general = definition.fix(placeholders(false));
  const fix =
    general === undefined || /\bundefined\b/.test(general)
      ? definition.fix(placeholders(true))
      : general;
  const facts = { code, severity, message };
  return { ...facts, explain: text, heading: `${severity}  ${message}`, ...(fix && { fix }) };
}

/** Fields that are all there, each as `<name>`; those named in the plural are lists of one. */
function placeholders(withSuggestion: boolean): object {
  const get = (_: object, key: string | symbol) => {
    const name = String(key);
    if (name === 'suggestion' && !withSuggestion) return undefined;
    return name.endsWith('s') ? [`<${name}>`] : `<${name}>`;
  };
  return new Proxy({}, { get });
}

function isChange(word: string): word is ChangeCode {
  return Object.hasOwn(CHANGE_RULES, word);
}
