import { estimateTokens, toolList } from '../../blueprint/surface.js';
import type { Step } from '../../workspace/reconcile.js';
import type { ProjectState } from '../project.js';
import type { Session } from '../session.js';
import { changes, notes, stepLine } from './actions.js';
import { diagnosticJson, printJson, skippedJson } from './json.js';
import { plural } from './report-skipped.js';

/** Whether a step says that a generated file was changed by hand. */
export function isEdited({ action, reason }: Step): boolean {
  return action === 'keep' && reason.startsWith('edited');
}

/** Says what was done to a project, or what would be done; findings of the document are for `inspect`. */
export async function reportSteps(
  session: Session,
  project: ProjectState,
  mode: 'done' | 'would',
): Promise<void> {
  session.progress.done();
  if (session.args.json) return reportJson(session, project, mode);
  if (session.args.quiet) return;
  const changed = changes(project.steps);
  // That a template has moved on is news for diff and regenerate; a check would repeat it for ever.
  const isCheck = session.args.command === 'check';
  const kept = notes(project.steps).filter((step) => !isCheck || isEdited(step));
  const lines = [...changed, ...kept].map(stepLine);
  lines.push(summary(changed, project.steps.some(isEdited), mode));
  session.io.stdout.write(`${lines.join('\n')}\n`);
}

function summary(changed: Step[], isEditedAnywhere: boolean, mode: 'done' | 'would'): string {
  const conflicts = changed.filter(({ action }) => action === 'conflict').length;
  if (conflicts > 0) {
    return `${plural(conflicts, 'conflict')}: nothing is written; move your changes, or use --force`;
  }
  if (changed.length === 0)
    return isEditedAnywhere ? 'nothing to do; some files were edited' : 'in step';
  const verb = mode === 'done' ? 'changed' : 'would change';
  return `${verb} ${plural(changed.length, 'file')}`;
}

async function reportJson(session: Session, project: ProjectState, mode: 'done' | 'would') {
  const { args, io } = session;
  const { blueprint, steps, dir } = project;
  const printer = await session.printer('stdout');
  const shown = [...changes(steps), ...notes(steps)];
  printJson(io, {
    ok: changes(steps).length === 0 || mode === 'done',
    command: args.command,
    dir,
    written: mode === 'done',
    tools: blueprint.tools.length,
    tokens: estimateTokens(JSON.stringify(toolList(blueprint))),
    files: shown.map(({ path, owner, action, reason }) => ({ path, owner, action, reason })),
    skipped: blueprint.skipped.map((skipped) => skippedJson(skipped, printer)),
    findings: blueprint.findings.map((finding) => diagnosticJson(finding, printer)),
  });
}
