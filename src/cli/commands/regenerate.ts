import { applySteps } from '../../workspace/apply.js';
import { ExitCode } from '../exit-codes.js';
import { openFolder } from '../folder.js';
import { needsInstall } from '../needs-install.js';
import { lockAfter, openProject } from '../project.js';
import type { Session } from '../session.js';
import { reportSteps } from '../ui/report-steps.js';
import { shellWord } from '../ui/shell.js';

/** `regenerate [dir]`: makes the project match its manifest. Exit code 1, and nothing written, while a conflict stands. */
export async function regenerate(session: Session): Promise<number> {
  const { args, io, progress } = session;
  const project = await openProject(session, await openFolder(session, args.words[0] ?? '.'));
  const { root, steps, rendered, lockText } = project;
  const hasConflict = steps.some(({ action }) => action === 'conflict');
  if (!hasConflict && !args.dryRun) {
    progress.phase('writing files');
    const lock = lockAfter(session, project);
    const { signal } = io;
    await applySteps(root, steps, rendered, { lock, decidedOn: { lockText }, signal });
  }
  const isDone = !hasConflict && !args.dryRun;
  const enter = project.dir === '.' ? '' : `cd ${shellWord(project.dir)} && `;
  await reportSteps(session, project, {
    mode: isDone ? 'done' : 'would',
    after: isDone && needsInstall(project) ? ['', 'next', `  ${enter}npm install`] : [],
  });
  return hasConflict ? ExitCode.findings : ExitCode.ok;
}
