import { cancel, intro, isCancel, select, text } from '@clack/prompts';
import { InputError } from '../../diagnostics/diagnostic.js';
import type { Dialect } from '../../sources/sql/model.js';
import { during } from '../interrupts.js';
import { breathe, Cancelled } from '../io.js';
import type { Session } from '../session.js';
import { KINDS, type Kind } from './kinds.js';
import { readArguments } from './read-arguments.js';

const DIALECTS: readonly Dialect[] = ['postgres', 'mysql', 'sqlite'];

/** What is asked for where the command line does not say it. All throw Cancelled on Ctrl-C. */
export type AddQuestions = {
  kind(): Promise<Kind>;
  document(kind: 'openapi' | 'sql'): Promise<string>;
  id(suggestion: string, taken: readonly string[]): Promise<string>;
  root(): Promise<string>;
  name(kind: 'tool' | 'prompt' | 'resource'): Promise<string>;
  dialect(): Promise<Dialect>;
  /** The words of an address or a command. */
  server(): Promise<string[]>;
  /** What a prompt says. */
  text(): Promise<string>;
  description(): Promise<string>;
  /** As `--argument` has them; none for a tool without any. */
  arguments(): Promise<string[]>;
  /** What a resource holds. */
  content(): Promise<{ text: string } | { file: string } | { tool: string }>;
};

/** Makes the questions. Needs a terminal: prompts hang without one. */
export function createAddQuestions(session: Session): AddQuestions {
  let greeted = false;
  async function answer<Value>(question: () => Promise<Value>): Promise<Exclude<Value, symbol>> {
    session.progress.done();
    await breathe(session.io);
    if (!greeted) intro('create-mcp-server add');
    greeted = true;
    const given = await during(session.io, 'waiting', question);
    if (!isCancel(given)) return given as Exclude<Value, symbol>;
    cancel('Nothing was written.');
    throw new Cancelled();
  }
  const line = (message: string, placeholder = '') =>
    answer(() =>
      text({
        message,
        placeholder,
        validate: (value) => ((value ?? '').trim() === '' ? 'Something is needed.' : undefined),
      }),
    );
  return {
    kind: () =>
      answer(() =>
        select({
          message: 'What should be added?',
          options: Object.entries(KINDS).map(([value, hint]) => ({ value: value as Kind, hint })),
        }),
      ),
    document: (kind) =>
      kind === 'openapi'
        ? line('Which OpenAPI document? (file or address)', './openapi.yaml')
        : line('Which schema? (file, folder of migrations, or address)', './schema.sql'),
    id: (suggestion, taken) =>
      line(`mcp.yaml has ${taken.join(', ')} already. What is it called?`, `${suggestion}-2`),
    root: () =>
      line('Which variable names the folder, and which folder is it else?', 'DOCS_ROOT=./docs'),
    dialect: () =>
      answer(() =>
        select({
          message: 'Which kind of database is it?',
          options: DIALECTS.map((value) => ({ value })),
        }),
      ),
    server: async () =>
      wordsOf(await line('Where is the server? (address, or command)', 'npx -y some-server')),
    name: (kind) => line(`What is the ${kind} called?`, 'price_of_order'),
    text: () => line('What does it say?', 'Look into ${args.topic}'),
    description: () => line('What is it for? Models read this.'),
    arguments: async () => {
      const given = await answer(() =>
        text({
          message: 'Which arguments has it? (separated by commas; empty for none)',
          placeholder: 'city:string, days?:integer how many',
          validate: (value) => problemOf(() => readArguments(listOf(value))),
        }),
      );
      return listOf(given);
    },
    content: async () => {
      const kind = await answer(() =>
        select({
          message: 'What does it hold?',
          options: [
            { value: 'text' as const, label: 'a text' },
            { value: 'file' as const, label: 'a file of the project' },
            { value: 'tool' as const, label: 'the result of a tool' },
          ],
        }),
      );
      if (kind === 'text') return { text: await line('What does it say?', 'Open from 9 to 17.') };
      if (kind === 'file') return { file: await line('Which file?', 'docs/terms.md') };
      return { tool: await line('Which tool?', 'price_of_order') };
    },
  };
}

function listOf(line = ''): string[] {
  return line
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** `npx -y "a server"` → three words. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|\S+/g)].map(
    ([word, double, single]) => double ?? single ?? word,
  );
}

function problemOf(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return error instanceof InputError ? error.diagnostics[0]?.message : String(error);
  }
}
