import { ExitCode } from '../exit-codes.js';
import { openProject } from '../project.js';
import type { Session } from '../session.js';
import { changes } from '../ui/actions.js';
import { reportSteps } from '../ui/report-steps.js';

/** `diff [dir]`: what regenerate would do. Exit code 1 where it would do anything. */
export async function diff(session: Session): Promise<number> {
  const project = await openProject(session);
  await reportSteps(session, project, 'would');
  return changes(project.steps).length > 0 ? ExitCode.findings : ExitCode.ok;
}
