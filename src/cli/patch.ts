import { createTwoFilesPatch } from 'diff';
import { maskHidden } from '../diagnostics/visible.js';
import { withLf, type ProjectFile } from '../workspace/project-file.js';
import type { Step } from '../workspace/reconcile.js';
import { textAfter } from '../workspace/texts-to-write.js';

/** Changed lines above which two texts are no longer compared: that would take longer than anybody reads. */
const MAX_CHANGES = 4000;

/** How a step changes its file, as `git apply` takes it. A terminal gets text that cannot act on it. */
export function unifiedDiff(
  step: Step,
  file: ProjectFile | undefined,
  disk: string | undefined,
  isTerminal: boolean,
): string {
  const next = file && step.action !== 'delete' ? textAfter(step, file, disk) : undefined;
  const patch = createTwoFilesPatch(
    disk === undefined ? '/dev/null' : `a/${step.path}`,
    next === undefined ? '/dev/null' : `b/${step.path}`,
    withLf(disk ?? ''),
    withLf(next ?? ''),
    undefined,
    undefined,
    { context: 3, maxEditLength: MAX_CHANGES },
  );
  if (patch === undefined) return `--- ${step.path} differs in more than ${MAX_CHANGES} lines`;
  const text = patch.replace(/^=+\n/, '').replace(/\n$/, '');
  return isTerminal ? text.split('\n').map(maskHidden).join('\n') : text;
}
