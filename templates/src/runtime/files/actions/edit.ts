import { UserInputError } from '../../calls/user-input-error.js';
import { textContent, type FileAnswer } from '../file-answer.js';
import type { Scope } from '../locate.js';
import { readWhole, withFile } from '../open-file.js';
import { shownPath } from '../read-path.js';
import { textOf } from '../text.js';
import { unifiedDiff } from '../unified-diff.js';
import { writeWhole } from '../write-file.js';
import { hashOf } from './read.js';
import { checkHash, checkSize } from './write.js';

export type Edit = { old_text: string; new_text: string; all?: boolean };

export type EditArguments = {
  path: string;
  edits: Edit[];
  dry_run?: boolean;
  expected_sha256?: string;
};

/** Replaces exact texts, all of them or none; the result shows the difference. */
export function edit(scope: Scope, args: EditArguments): FileAnswer {
  const { path, edits, dry_run = false, expected_sha256 } = args;
  return withFile(scope, path, (file) => {
    const before = readWhole(file, scope.folders.limits.maxFileBytes);
    const text = textOf(before, path);
    if (expected_sha256 !== undefined) checkHash(path, before, expected_sha256);
    let changed = text;
    let replacements = 0;
    for (const [index, one] of edits.entries()) {
      const { result, count } = replaced(changed, one, index, scope, path);
      changed = result;
      replacements += count;
    }
    const after = Buffer.from(changed);
    checkSize(scope, path, after);
    const { shown, names } = file.location;
    if (!dry_run && changed !== text) {
      writeWhole(file.parent, names.at(-1)!, after, { replace: true, mode: file.stats.mode });
    }
    const diff = unifiedDiff(text, changed, shown, scope.maxResultChars);
    const note = dry_run ? 'Nothing was changed: this is a preview.' : '';
    return {
      data: { path: shown, applied: !dry_run, replacements, diff, sha256: hashOf(after) },
      content: textContent(diff || 'The texts are the same.', note),
    };
  });
}

function replaced(
  text: string,
  { old_text, new_text, all = false }: Edit,
  index: number,
  { folders }: Scope,
  path: string,
): { result: string; count: number } {
  const refuse = (why: string): never => {
    throw new UserInputError(
      `Edit ${index + 1} of ${shownPath(path)}: ${why} Nothing was changed.`,
    );
  };
  if (old_text === '') return refuse('old_text is empty.');
  let [from, to] = [old_text, new_text];
  if (!text.includes(from) && text.includes('\r\n')) {
    // What models write has plain line ends.
    [from, to] = [from, to].map((one) => one.replace(/\r?\n/g, '\r\n')) as [string, string];
  }
  const count = text.split(from).length - 1;
  if (count === 0) refuse('old_text is not in the file; it must fit exactly, white space too.');
  if (count > 1 && !all) {
    refuse(`old_text is in the file ${count} times: add what stands around it, or set all.`);
  }
  // Looked at first: a short text can become very long.
  const { maxFileBytes } = folders.limits;
  if (text.length + count * (to.length - from.length) > maxFileBytes) {
    refuse(`the file would be larger than the limit of ${maxFileBytes} bytes.`);
  }
  return { result: text.split(from).join(to), count };
}
