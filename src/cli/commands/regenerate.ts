import { applySteps } from '../../workspace/apply.js';
import { nextLock } from '../../workspace/lock.js';
import { ExitCode } from '../exit-codes.js';
import { openProject } from '../project.js';
import type { Session } from '../session.js';
import { reportSteps } from '../ui/report-steps.js';

/** `regenerate [dir]`: makes the project match its manifest. Exit code 1, and nothing written, while a conflict stands. */
export async function regenerate(session: Session): Promise<number> {
  const project = await openProject(session);
  const { root, steps, rendered, lock } = project;
  const hasConflict = steps.some(({ action }) => action === 'conflict');
  if (!hasConflict && !session.args.dryRun) {
    session.progress.phase('writing files');
    const next = nextLock(lock, steps, rendered, session.version);
    await applySteps(root, steps, rendered, { lock: next, signal: session.io.signal });
  }
  await reportSteps(session, project, hasConflict || session.args.dryRun ? 'would' : 'done');
  return hasConflict ? ExitCode.findings : ExitCode.ok;
}
