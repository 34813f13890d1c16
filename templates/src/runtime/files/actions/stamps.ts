import { UserInputError } from '../../calls/user-input-error.js';
import type { FileAnswer } from '../file-answer.js';
import type { Scope } from '../locate.js';
import { withFile } from '../open-file.js';

/** What tells two states of each file apart; those that callers do not see are all alike. */
export function stamps(scope: Scope, { paths }: { paths: readonly string[] }): FileAnswer {
  return { data: { stamps: paths.map((path) => stampOf(scope, path)) } };
}

function stampOf(scope: Scope, path: string): string {
  try {
    return withFile(scope, path, ({ stats }) =>
      [stats.dev, stats.ino, stats.size, stats.mtimeMs, stats.ctimeMs].join(' '),
    );
  } catch (error) {
    const isAnswer = error instanceof UserInputError || (error as NodeJS.ErrnoException).code;
    if (!isAnswer) throw error;
    return 'not there';
  }
}
