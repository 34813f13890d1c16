import type { TestEvent } from 'node:test/reporters';

/** Lines of the log that are shown before a test that fails: they are not exactly in step with the tests. */
const SHOWN_LINES = 30;

/**
 * Leaves out the tests of a suite that pass, and what files below `folder` log, which is much because they provoke errors: of
 * it, the last lines are shown before what fails.
 */
export async function* brief(
  events: AsyncIterable<TestEvent>,
  folder: string,
): AsyncGenerator<TestEvent, void> {
  const logged = new Map<string, TestEvent[]>();
  // Suites and tests that have begun; what is told of them begins with this.
  let begun: TestEvent[] = [];

  for await (const event of events) {
    const { type, data } = event;
    const file = data !== undefined && 'file' in data ? data.file : undefined;
    if (type === 'test:stderr' && file?.startsWith(folder)) {
      logged.set(file, [...(logged.get(file) ?? []), event].slice(-SHOWN_LINES));
    } else if (type === 'test:start') {
      begun.push(event);
    } else if (type === 'test:pass' && data.nesting > 0 && isPlain(data)) {
      begun.pop();
    } else if (type === 'test:pass' || type === 'test:fail') {
      if (type === 'test:fail' && file !== undefined && !failsByParts(data.details.error)) {
        yield* logged.get(file) ?? [];
        logged.delete(file);
      }
      yield* begun;
      begun = [];
      yield event;
    } else {
      yield event;
    }
  }
}

/** A suite fails with its tests, of which the log was shown. */
function failsByParts(error: Error): boolean {
  return 'failureType' in error && error.failureType === 'subtestsFailed';
}

/** What is skipped or still to do is told. */
function isPlain({ skip, todo }: { skip?: string | boolean; todo?: string | boolean }): boolean {
  return (skip ?? false) === false && (todo ?? false) === false;
}
