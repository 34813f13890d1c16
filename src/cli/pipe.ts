import { isAbsolute, join } from 'node:path';
import type { Blueprint } from '../blueprint/types.js';
import { planProject } from '../project/plan.js';
import { renderProject } from '../render/render-project.js';
import { readBlueprint } from '../sources/read-blueprint.js';
import type { Loader } from '../sources/read/loader.js';
import type { Manifest } from '../sources/manifest/manifest.js';
import { readBases } from '../workspace/base-texts.js';
import { LOCK_PATH, parseLock, type Lock } from '../workspace/lock.js';
import type { ProjectFile } from '../workspace/project-file.js';
import { readProjectFile, readProjectFiles } from '../workspace/read-project.js';
import { reconcile, type ReconcileOptions, type Step } from '../workspace/reconcile.js';
import { requireUndisturbed } from '../workspace/undisturbed.js';
import { during } from './interrupts.js';
import { breathe } from './io.js';
import type { Session } from './session.js';

/** Reads what a manifest names, telling what is being done. */
export async function read(
  session: Session,
  manifest: Manifest,
  loader: Loader,
): Promise<Blueprint> {
  session.addTexts((file) => loader.texts().find((text) => text.file === file)?.text);
  const options = { load: loader, onProgress: (phase: string) => session.progress.phase(phase) };
  const blueprint = await during(session.io, 'computing', () => readBlueprint(manifest, options));
  await breathe(session.io);
  return blueprint;
}

export type Inputs = { manifestText: string; specs: { path: string; text: string }[] };

/** The files that the project should consist of. */
export async function render(
  session: Session,
  blueprint: Blueprint,
  inputs: Inputs,
): Promise<ProjectFile[]> {
  session.progress.phase('planning files');
  const rendered = await during(session.io, 'computing', async () => {
    const plan = planProject(blueprint, { ...inputs, generatorVersion: session.version });
    session.progress.phase('writing code');
    const cacheDir = session.args.dryRun ? undefined : cacheFolder(session);
    return renderProject(plan, cacheDir === undefined ? {} : { cacheDir });
  });
  await breathe(session.io);
  return rendered;
}

export type Decision = {
  lock: Lock | undefined;
  /** Text of the lock that the steps were decided on. */
  lockText: string | undefined;
  /** What is on disk of all files that are rendered or locked. */
  disk: ReadonlyMap<string, string>;
  steps: Step[];
};

/** What has to happen in `root` so that it holds `rendered`. */
export async function decide(
  session: Session,
  root: string,
  rendered: readonly ProjectFile[],
  options: Pick<ReconcileOptions, 'rewritten'> & {
    /** Texts that were read from the folder already. */
    known?: ReadonlyMap<string, string>;
    /** The lock as it was when the inputs were read; where another run came in between, this one ends (MCP505, MCP510). */
    since?: { lockText: string | undefined };
  } = {},
): Promise<Decision> {
  session.progress.phase('comparing with the folder');
  const lockText = await readProjectFile(root, LOCK_PATH);
  const lock = lockText === undefined ? undefined : parseLock(lockText);
  const paths = new Set([...rendered.map(({ path }) => path), ...(lock?.files.keys() ?? [])]);
  const { known = new Map<string, string>(), rewritten, since } = options;
  const unknown = [...paths].filter((path) => !known.has(path));
  const disk = new Map([...known, ...(await readProjectFiles(root, unknown))]);
  if (since) await requireUndisturbed(root, since.lockText);
  const steps = reconcile(lock, disk, rendered, {
    ...(rewritten && { rewritten }),
    force: session.args.force,
    bases: await readBases(root, rendered),
  });
  return { lock, lockText, disk, steps };
}

/** Per user, so that a second run is fast wherever it happens; none where the environment names no home. */
function cacheFolder({ io, version }: Session): string | undefined {
  if (io.env['CREATE_MCP_SERVER_CACHE'] === 'off') return undefined;
  const home = io.env['HOME'] ?? io.env['USERPROFILE'] ?? '';
  const base = io.env['XDG_CACHE_HOME'] ?? (home === '' ? '' : join(home, '.cache'));
  return isAbsolute(base) ? join(base, 'create-mcp-server', version) : undefined;
}
