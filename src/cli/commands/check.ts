import { checkInStep, type InStep } from '../check/in-step.js';
import { ExitCode } from '../exit-codes.js';
import { openFolder, type Folder } from '../folder.js';
import { goneTools, goneWarnings } from '../gone-tools.js';
import type { Session } from '../session.js';
import { reportCheck, type CheckResult } from '../ui/report-check.js';

/**
 * `check [dir]`: exit code 1 where the project is not in step with its inputs, where `--refresh` finds that these have moved,
 * or where `--against` finds changes of the class that `--fail-on` names. Writes nothing.
 */
export async function check(session: Session): Promise<number> {
  const { args } = session;
  const folder = await openFolder(session, args.words[0] ?? '.');
  const inStep = await checkInStep(session, folder);
  const { upstream, findings } = args.refresh
    ? await refreshed(session, folder.root, inStep)
    : { upstream: undefined, findings: [] };
  const result: CheckResult = {
    folder,
    full: inStep.full,
    findings: [...inStep.findings, ...findings],
    failing: [],
    warnings: warnings(folder, inStep),
    ...(upstream && { upstream }),
  };
  if (args.against !== undefined) {
    const { compareWithRef, failing } = await import('../check/since-ref.js');
    result.since = await compareWithRef(session, folder, inStep, args.against);
    result.failing = failing(result.since.changes, args.failOn);
  }
  session.progress.done();
  const isOff = result.findings.length + result.failing.length > 0;
  await reportCheck(session, result, isOff ? ExitCode.findings : ExitCode.ok);
  return isOff ? ExitCode.findings : ExitCode.ok;
}

/** What is no reason to fail: overrides of tools that are gone, which stay as they are, and handlers that never run. */
function warnings({ lock, manifestFile }: Folder, { project }: InStep) {
  const gone = project === undefined ? lock?.gone : goneTools(project.blueprint);
  const findings = project?.blueprint.findings ?? [];
  const unused = findings.filter(({ code }) => code === 'MCP739');
  return [...goneWarnings(gone, manifestFile), ...unused];
}

async function refreshed(session: Session, root: string, { manifest }: InStep) {
  const { checkUpstream } = await import('../check/upstream.js');
  return checkUpstream(session, root, await manifest());
}
