import { join, relative } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { oneLine } from '../../diagnostics/visible.js';
import type { Finding } from '../check/findings.js';
import type { SinceRef } from '../check/since-ref.js';
import type { Upstream } from '../check/upstream.js';
import type { Folder } from '../folder.js';
import type { CheckOutput } from '../output/outputs.js';
import type { Session } from '../session.js';
import type { PlacedChange } from '../surface/places.js';
import { diagnosticJson, printJson } from './json.js';
import { plural } from './report-skipped.js';

const APPROVAL =
  'keep the tools as they were, or approve a change in mcp.accepted.json: { "accepted": { "<id>": "<why>" } }';

export type CheckResult = {
  folder: Folder;
  /** Whether everything was rendered, and not only compared by hashes. */
  full: boolean;
  findings: Finding[];
  upstream?: Upstream[];
  since?: SinceRef;
  /** What is told and fails nothing. */
  warnings: Diagnostic[];
  /** The changes that are findings. */
  failing: PlacedChange[];
};

/** Findings of one code that are shown; a new version of the generator may touch every file. */
const SHOWN = 20;
/** Of those that follow from another one: an input has changed, so what is made of it has to. */
const SHOWN_OF_CONSEQUENCES = 5;
const CHANGED_INPUT = 'MCP521';
const CONSEQUENCES: ReadonlySet<string> = new Set(['MCP522', 'MCP523', 'MCP525']);

/** Prints what a check found as text, as one JSON object, or as annotations of GitHub. */
export async function reportCheck(
  session: Session,
  result: CheckResult,
  exitCode: number,
): Promise<void> {
  const { args, io } = session;
  if (args.json) return printJson(io, await checkJson(session, result, exitCode));
  if (args.format === 'github') {
    const { annotations } = await import('./github.js');
    const lines = await annotations(session, result);
    if (lines.length > 0) io.stdout.write(`${lines.join('\n')}\n`);
    if (!args.quiet) io.stderr.write(`${summary(result).join('\n')}\n`);
    return;
  }
  if (args.quiet) return;
  const { changeLines } = await import('./report-changes.js');
  const changes = result.since?.changes ?? [];
  const lines = [
    ...findingLines(result.findings.map(({ diagnostic }) => diagnostic)),
    ...findingLines(result.warnings),
    ...changeLines(changes),
    ...summary(result),
  ];
  io.stdout.write(`${lines.join('\n')}\n`);
}

function findingLines(findings: readonly Diagnostic[]): string[] {
  const byCode = new Map<string, Diagnostic[]>();
  for (const finding of findings) {
    const { code } = finding;
    byCode.set(code, [...(byCode.get(code) ?? []), finding]);
  }
  return [...byCode].flatMap(([code, members]) => {
    const follows = byCode.has(CHANGED_INPUT) && CONSEQUENCES.has(code);
    const shown = follows ? SHOWN_OF_CONSEQUENCES : SHOWN;
    const lines = members
      .slice(0, shown)
      .map(({ severity, message }) => `${severity}  ${code}  ${oneLine(message)}`);
    const more = members.length - shown;
    if (more > 0) lines.push(`       ${code}  and ${plural(more, 'more file')}; all are in --json`);
    const fix = members[0]?.fix;
    return fix === undefined ? lines : [...lines, `fix    ${fix}`];
  });
}

function summary({ findings, failing, upstream, since }: CheckResult): string[] {
  const lines: string[] = [];
  if (upstream?.length === 0) lines.push('no input came from an address');
  for (const { id, moved } of upstream ?? []) {
    if (!moved) lines.push(`${id} is what its address gives`);
  }
  if (since) {
    const { from, to, bump } = since.version;
    const breaking = since.changes.filter((change) => change.class === 'breaking').length;
    const count = `${plural(since.changes.length, 'change')} of the tool surface since ${since.against}`;
    lines.push(breaking === 0 ? count : `${count}, ${breaking.toLocaleString('en')} breaking`);
    if (bump !== 'none') lines.push(`suggested version: ${from} → ${to} (${bump})`);
  }
  if (failing.length > 0) lines.push(`fix    ${APPROVAL}`);
  const bad = findings.length + failing.length;
  return [...lines, bad === 0 ? 'in step' : plural(bad, 'finding')];
}

async function checkJson(
  session: Session,
  result: CheckResult,
  exitCode: number,
): Promise<CheckOutput> {
  const { folder, findings, full, since, upstream, failing, warnings } = result;
  const printer = warnings.length === 0 ? undefined : await session.printer('stdout');
  const failed = new Set(failing);
  return {
    ok: exitCode === 0,
    exitCode: exitCode === 0 ? 0 : 1,
    command: 'check',
    dir: folder.dir,
    inStep: findings.length === 0,
    full,
    generator: { lock: folder.lock?.generator, version: session.version },
    findings: findings.map(({ path, diagnostic }) => {
      const { code, severity, message, fix } = diagnostic;
      return { code, severity, message, file: shownPath(session, folder, path), path, fix };
    }),
    warnings: printer ? warnings.map((warning) => diagnosticJson(warning, printer)) : [],
    ...(upstream && { upstream }),
    ...(since && {
      since: {
        against: since.against,
        failOn: session.args.failOn,
        version: since.version,
        changes: since.changes.map((change) => ({ ...change, failing: failed.has(change) })),
      },
    }),
  };
}

/** A file of the project, from the working directory. */
function shownPath({ io }: Session, { root }: Folder, path: string): string {
  return relative(io.cwd, join(root, path)).replaceAll('\\', '/');
}
