import { ExitCode } from '../exit-codes.js';
import { findProject, openFolder } from '../folder.js';
import { openProject, type ProjectState } from '../project.js';
import type { Session } from '../session.js';
import { changes } from '../ui/actions.js';
import { reportSteps, within } from '../ui/report-steps.js';
import { usageError } from '../usage-error.js';

/** `diff [path]`: what regenerate would do, to the project or to one file or folder in it. Exit code 1 where it would do anything. */
export async function diff(session: Session): Promise<number> {
  const { args, io } = session;
  const { dir, path } = findProject(args.words[0] ?? '.', io.cwd);
  const project = await openProject(session, await openFolder(session, dir));
  const steps = within(project.steps, path);
  if (steps.length === 0) throw usageError(`${path} is neither generated nor an input`);
  const patchOf = args.patch ? await patcher(session, project) : undefined;
  await reportSteps(session, project, { mode: 'would', path, ...(patchOf && { patchOf }) });
  return changes(steps).length > 0 ? ExitCode.findings : ExitCode.ok;
}

async function patcher({ args, io }: Session, { rendered, disk }: ProjectState) {
  const { unifiedDiff } = await import('../patch.js');
  const files = new Map(rendered.map((file) => [file.path, file]));
  const isTerminal = io.stdout.isTTY === true && !args.json;
  return (step: Parameters<typeof unifiedDiff>[0]) =>
    unifiedDiff(step, files.get(step.path), disk.get(step.path), isTerminal);
}
