import { ExitCode } from '../exit-codes.js';
import { openProject } from '../project.js';
import type { Session } from '../session.js';
import { changes } from '../ui/actions.js';
import { isEdited, reportSteps } from '../ui/report-steps.js';

/** `check [dir]`: exit code 1 where a file is stale, missing, edited, or no longer generated. Writes nothing. */
export async function check(session: Session): Promise<number> {
  const project = await openProject(session);
  await reportSteps(session, project, 'would');
  const isOff = changes(project.steps).length > 0 || project.steps.some(isEdited);
  return isOff ? ExitCode.findings : ExitCode.ok;
}
