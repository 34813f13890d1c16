import { listCost } from '../../blueprint/list-cost.js';
import { diagnostic } from '../../diagnostics/catalog.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { hashOf } from '../../workspace/project-file.js';
import type { Step } from '../../workspace/reconcile.js';
import type { ProjectState } from '../project.js';
import type { Session } from '../session.js';
import { originsIn, placeChanges, type PlacedChange } from '../surface/places.js';
import { changes, notes, stepLine } from './actions.js';
import { diagnosticJson, printJson, skippedJson } from './json.js';
import { changeJson, changeLines, countClasses } from './report-changes.js';
import { plural } from './report-skipped.js';

export type StepReport = {
  mode: 'done' | 'would';
  /** Only this file or folder; everything where it is empty. */
  path?: string;
  /** Unified diff of a step. */
  patchOf?: (step: Step) => string;
  /** Lines around it. */
  before?: readonly string[];
  after?: readonly string[];
  /** What --json says besides. */
  facts?: object;
};

/** Whether a step says that a generated file was changed by hand. */
function isEdited({ action, reason }: Step): boolean {
  return action === 'keep' && reason.startsWith('edited');
}

/** Says what was done to a project, or what would be done: the tool surface first, then the files. */
export async function reportSteps(
  session: Session,
  project: ProjectState,
  report: StepReport,
): Promise<void> {
  if (session.args.quiet && !session.args.json) return;
  session.progress.phase('finding places');
  const placed = (report.path ?? '') === '' ? await placedChanges(session, project) : undefined;
  session.progress.done();
  if (session.args.json) return reportJson(session, project, report, placed);
  session.io.stdout.write(
    `${[...(report.before ?? []), ...(await stepLines(session, project, report, placed)), ...(report.after ?? [])].join('\n')}\n`,
  );
}

async function stepLines(
  session: Session,
  project: ProjectState,
  report: StepReport,
  placed: readonly PlacedChange[] | undefined,
): Promise<string[]> {
  const shown = within(project.steps, report.path);
  const changed = changes(shown);
  return [
    ...surfaceLines(placed ?? []),
    ...[...changed, ...notes(shown)].map(stepLine),
    ...(await warnings(session, [...mergeWarnings(shown), ...ofManifest(project)])),
    ...changed.flatMap((step) => report.patchOf?.(step) ?? []),
    summary(changed, shown.some(isEdited), report.mode),
    ...versionLines(session, project, report),
  ];
}

/** Steps of one file, or of those below one folder. */
export function within(steps: readonly Step[], path = ''): Step[] {
  return steps.filter(
    (step) => path === '' || step.path === path || step.path.startsWith(`${path}/`),
  );
}

async function placedChanges(session: Session, project: ProjectState): Promise<PlacedChange[]> {
  const { blueprint, disk, lock, manifest, root, changes: found = [] } = project;
  return placeChanges(found, {
    origins: originsIn(blueprint),
    printer: await session.printer('stdout'),
    before: {
      tools: lock?.tools ?? new Map(),
      sources: manifest.sources,
      // A document that was edited in place is no longer the one of before: a line of it would mislead.
      textOf: (path) => {
        const text = disk.get(path);
        return text !== undefined && lock?.inputs.get(path) === hashOf(text) ? text : undefined;
      },
    },
    root,
    cwd: session.io.cwd,
  });
}

function surfaceLines(placed: readonly PlacedChange[]): string[] {
  if (placed.length === 0) return [];
  return [`tool surface: ${countClasses(placed)}`, ...changeLines(placed), ''];
}

/** Where package.json was merged against the generator's wish. */
function mergeWarnings(steps: readonly Step[]): Diagnostic[] {
  return steps.flatMap(({ path, conflicts = [] }) =>
    conflicts.map((conflict) =>
      diagnostic('MCP529', {
        path,
        key: conflict.path.join('.'),
        mine: shownValue(conflict.mine),
        theirs: shownValue(conflict.theirs),
      }),
    ),
  );
}

/** Selections and decisions of mcp.yaml that have no effect, or not the one that was meant. */
const OF_MANIFEST = new Set(['MCP210', 'MCP828', 'MCP843', 'MCP847', 'MCP850', 'MCP852']);

/** What in mcp.yaml no longer fits: a tool that is overridden and gone, a selector without use. Findings of documents are for `inspect`. */
function ofManifest({ blueprint }: ProjectState): Diagnostic[] {
  return blueprint.findings.filter(({ code }) => code.startsWith('MCP7') || OF_MANIFEST.has(code));
}

async function warnings(session: Session, found: readonly Diagnostic[]): Promise<string[]> {
  if (found.length === 0) return [];
  const printer = await session.printer('stdout');
  return found.map((finding) => printer.line(finding));
}

function shownValue(value: unknown): string {
  return value === undefined ? 'removed' : JSON.stringify(value).slice(0, 80);
}

function summary(changed: Step[], isEditedAnywhere: boolean, mode: 'done' | 'would'): string {
  const conflicts = changed.filter(({ action }) => action === 'conflict').length;
  if (conflicts > 0) {
    return `${plural(conflicts, 'conflict')}: nothing is written; move your changes, eject the file, or use --force`;
  }
  if (changed.length === 0)
    return isEditedAnywhere ? 'nothing to do; some files were edited' : 'in step';
  const verb = mode === 'done' ? 'changed' : 'would change';
  return `${verb} ${plural(changed.length, 'file')}`;
}

function versionLines(
  { args }: Session,
  { version, changes: found = [] }: ProjectState,
  { mode, path = '' }: StepReport,
): string[] {
  const { from, to, bump } = version;
  if (bump === 'none' || path !== '') return [];
  const step = `${from} → ${to} (${bump}: ${countClasses(found)})`;
  const writing = args.command === 'add' ? 'version in mcp.yaml sets it' : '--bump writes it';
  if (!args.bump) return [`suggested version: ${step}; ${writing}`];
  return [mode === 'done' ? `version: ${step}` : `version would be: ${step}`];
}

async function reportJson(
  session: Session,
  project: ProjectState,
  { mode, path, patchOf, facts }: StepReport,
  placed: readonly PlacedChange[] | undefined,
): Promise<void> {
  const { args, io } = session;
  const { blueprint, dir, version } = project;
  const steps = within(project.steps, path);
  const printer = await session.printer('stdout');
  const shown = [...changes(steps), ...notes(steps)];
  printJson(io, {
    ok: changes(steps).length === 0 || mode === 'done',
    command: args.command,
    ...facts,
    dir,
    written: mode === 'done',
    ...listCost(blueprint),
    ...(placed && { changes: placed.map(changeJson) }),
    version: { ...version, written: mode === 'done' && args.bump && version.bump !== 'none' },
    files: shown.map((step) => {
      const { owner, action, reason } = step;
      const patch = patchOf && changes([step]).length > 0 ? { patch: patchOf(step) } : {};
      return { path: step.path, owner, action, reason, ...patch };
    }),
    warnings: mergeWarnings(steps).map((warning) => diagnosticJson(warning, printer)),
    skipped: blueprint.skipped.map((skipped) => skippedJson(skipped, printer)),
    findings: blueprint.findings.map((finding) => diagnosticJson(finding, printer)),
  });
}
