import type { Surface } from '../../blueprint/compare.js';
import type { Manifest } from '../../sources/manifest/manifest.js';
import { writeLock } from '../../workspace/lock.js';
import { withLf } from '../../workspace/project-file.js';
import { readProjectFile } from '../../workspace/read-project.js';
import { requireUndisturbed } from '../../workspace/undisturbed.js';
import type { Folder } from '../folder.js';
import { newerThan } from '../newer-than.js';
import type { ProjectState } from '../project.js';
import type { Session } from '../session.js';
import { checkByHashes, extras, lostBases } from './by-hashes.js';
import { finding, lockFindings, stepFinding, type Finding } from './findings.js';

/** Whether a project is in step, and what it lists now. */
export type InStep = {
  findings: Finding[];
  /** Whether everything was rendered for that. */
  full: boolean;
  /** Loaded when needed: a project whose hashes prove it in step is not even parsed. */
  manifest(): Promise<Manifest>;
  surface(): Promise<Surface>;
  /** There when everything was rendered. */
  project?: ProjectState;
};

/** Compares a project with what would be generated: by hashes where they prove it, else by generating. */
export async function checkInStep(session: Session, folder: Folder): Promise<InStep> {
  const { args, version } = session;
  const { root, lock, manifestText, manifestFile } = folder;
  const manifest = async () => {
    const { parseManifest } = await import('../../sources/manifest/manifest.js');
    return parseManifest(manifestText, manifestFile);
  };
  if (lock && !args.full) {
    session.progress.phase('comparing hashes');
    const { findings, isProof } = await checkByHashes(root, lock, version);
    if (findings.length > 0) await requireUndisturbed(root, folder.lockText);
    // What an older generator would make of it says nothing about the project.
    if (isProof || newerThan(lock.generator, version)) {
      return { findings, full: false, manifest, surface: () => surfaceOnDisk(folder) };
    }
  }
  const { openProject } = await import('../project.js');
  const project = await openProject(session, folder);
  const findings = await fullFindings(session, folder, project);
  return { findings, full: true, manifest, surface: async () => project.surface, project };
}

async function fullFindings(
  session: Session,
  { lock, lockText }: Folder,
  project: ProjectState,
): Promise<Finding[]> {
  const { lockAfter } = await import('../project.js');
  const { root, steps, rendered } = project;
  const next = lockAfter(session, project);
  const found = [
    ...(lock
      ? lockFindings(lock, next)
      : [finding('mcp.lock.json', 'MCP523', { path: 'mcp.lock.json' })]),
    ...steps.flatMap((step) => stepFinding(step) ?? []),
    ...(await lostBases(root, lock)),
    ...(await extras(
      root,
      lock,
      rendered.map(({ path }) => path),
    )),
  ];
  const isLockOld = withLf(lockText ?? '') !== writeLock(next);
  return found.length === 0 && isLockOld ? [finding('mcp.lock.json', 'MCP530', {})] : found;
}

const NO_SURFACE: Surface = { tools: [], offers: { resources: [], prompts: [] } };

async function surfaceOnDisk({ root, lock }: Folder): Promise<Surface> {
  const { parseSurface } = await import('../surface/surface.js');
  const text = await readProjectFile(root, 'mcp.tools.json');
  return (text === undefined ? undefined : parseSurface(text, lock)) ?? NO_SURFACE;
}
