import { cancel, confirm, intro, isCancel, multiselect, text } from '@clack/prompts';
import type { Blueprint } from '../../blueprint/types.js';
import { during } from '../interrupts.js';
import { breathe, Cancelled } from '../io.js';
import { readPositionals } from '../positionals.js';
import type { Session } from '../session.js';
import { groupsToChoose, selectorsOf } from './groups-to-choose.js';
import { MANY_TOOLS } from './cost-advice.js';
import { plural } from './report-skipped.js';

/** The five questions; each has a flag or an argument that answers it. All throw Cancelled on Ctrl-C. */
export type Questions = {
  source(): Promise<string>;
  directory(suggestion: string): Promise<string>;
  transports(): Promise<('stdio' | 'http')[]>;
  /** Selectors for `include`; none for everything. Asked only where there are many tools in several groups. */
  tools(blueprint: Blueprint): Promise<string[]>;
  install(given: boolean | undefined): Promise<boolean>;
  /** Milliseconds that were spent waiting for answers. */
  waited(): number;
};

/** Makes the questions; the first one asked is preceded by a greeting. Needs a terminal: prompts hang without one. */
export function createQuestions(session: Session): Questions {
  let greeted = false;
  let waited = 0;
  async function answer<Value>(question: () => Promise<Value>): Promise<Exclude<Value, symbol>> {
    session.progress.done();
    // A Ctrl-C that came during work must not be answered with a question.
    await breathe(session.io);
    if (!greeted) intro('create-mcp-server');
    greeted = true;
    const start = performance.now();
    const given = await during(session.io, 'waiting', question);
    waited += performance.now() - start;
    if (!isCancel(given)) return given as Exclude<Value, symbol>;
    cancel('Nothing was written.');
    throw new Cancelled();
  }
  return {
    waited: () => waited,
    source: () =>
      answer(() =>
        text({
          message: 'Which OpenAPI document or SQL schema? (file, folder or address)',
          placeholder: './openapi.yaml',
          validate: (value) => problemOf(value ?? '', session.io.cwd),
        }),
      ),
    directory: (suggestion) =>
      answer(() =>
        text({
          message: 'Where should the project go?',
          placeholder: suggestion,
          defaultValue: suggestion,
        }),
      ),
    transports: () =>
      answer(() =>
        multiselect({
          message: 'How will clients reach it?',
          options: [
            { value: 'stdio' as const, label: 'stdio', hint: 'started by a desktop client' },
            { value: 'http' as const, label: 'Streamable HTTP', hint: 'a server on a port' },
          ],
          initialValues: ['stdio' as const, 'http' as const],
          required: true,
        }),
      ),
    tools: async (blueprint) => {
      // Tools of a database are few, and chosen by profile.
      if (blueprint.sources.some(({ kind }) => kind !== 'http')) return [];
      const groups = groupsToChoose(blueprint);
      const isGiven = session.args.include.length > 0;
      if (isGiven || blueprint.tools.length <= MANY_TOOLS || groups.size < 2) return [];
      const options = [...groups].map(([value, { count }]) => ({
        value,
        hint: plural(count, 'tool'),
      }));
      const message = `${blueprint.tools.length} tools are many for a model. Which groups are needed?`;
      const initialValues = options.map(({ value }) => value);
      const chosen = await answer(() =>
        multiselect({ message, options, initialValues, required: true }),
      );
      return chosen.length === groups.size ? [] : selectorsOf(groups, chosen);
    },
    install: async (given) =>
      given ??
      answer(() => confirm({ message: 'Install the dependencies now?', initialValue: true })),
  };
}

function problemOf(value: string, cwd: string): string | undefined {
  if (value.trim() === '') return 'Give a file or an address.';
  try {
    return readPositionals([value], cwd).source === undefined
      ? 'There is no such file.'
      : undefined;
  } catch {
    return 'There is no such file.';
  }
}
