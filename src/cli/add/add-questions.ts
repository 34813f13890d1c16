import { cancel, intro, isCancel, select, text } from '@clack/prompts';
import { during } from '../interrupts.js';
import { breathe, Cancelled } from '../io.js';
import type { Session } from '../session.js';
import { KINDS, type Kind } from './kinds.js';

/** What is asked for where the command line does not say it. All throw Cancelled on Ctrl-C. */
export type AddQuestions = {
  kind(): Promise<Kind>;
  document(kind: 'openapi' | 'sql'): Promise<string>;
  id(suggestion: string, taken: readonly string[]): Promise<string>;
  root(): Promise<string>;
  name(kind: 'tool' | 'prompt' | 'resource'): Promise<string>;
  /** The words of an address or a command. */
  server(): Promise<string[]>;
  text(): Promise<string>;
  description(): Promise<string>;
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
    server: async () => {
      const words = await line('Where is the server? (address, or command)', 'npx -y some-server');
      return words.trim().split(/\s+/);
    },
    name: (kind) => line(`What is the ${kind} called?`, 'price_of_order'),
    text: () => line('What does it say?', 'Look into ${args.topic}'),
    description: () => line('What is it for? Models read this.'),
  };
}
