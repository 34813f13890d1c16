import { suggestBump, bumpVersion } from '../../blueprint/bump.js';
import {
  compareWhole,
  isDoubtful,
  resultLookup,
  type Change,
  type Surface,
} from '../../blueprint/compare.js';
import { InputError, type Origin } from '../../diagnostics/diagnostic.js';
import { parseManifest, type Manifest } from '../../sources/manifest/manifest.js';
import { inputOf } from '../../sources/manifest/sources.js';
import { LOCK_PATH, parseLock, type Lock } from '../../workspace/lock.js';
import { readProjectFile } from '../../workspace/read-project.js';
import { MANIFEST, type Folder } from '../folder.js';
import { newerThan } from '../newer-than.js';
import type { VersionStep } from '../project.js';
import type { Session } from '../session.js';
import { projectAtRef, type ProjectAtRef } from '../surface/at-ref.js';
import {
  operationOrigins,
  originsIn,
  placeChanges,
  type Documents,
  type PlacedChange,
} from '../surface/places.js';
import { readAccepted } from './accepted.js';
import type { InStep } from './in-step.js';

/** What changed for callers since a commit, with what was approved. */
export type SinceRef = { against: string; changes: PlacedChange[]; version: VersionStep };

/** Compares the tools of now with those of `--against`. Throws an InputError (MCP514, MCP515). */
export async function compareWithRef(
  session: Session,
  folder: Folder,
  inStep: InStep,
  against: string,
): Promise<SinceRef> {
  const { root } = folder;
  session.progress.phase(`comparing with ${against}`);
  const before = await projectAtRef(session, root, against);
  const accepted = await readAccepted(root);
  const changes = await changesSince(before.surface, session, folder, inStep);
  const placed = await placeChanges(changes, {
    origins: changes.length === 0 ? new Map() : await originsOf(session, folder, inStep),
    printer: await session.printer('stdout'),
    before: changes.length === 0 ? NOTHING : await documentsAtRef(before),
    root,
    cwd: session.io.cwd,
  });
  const { version } = (await manifestAtRef(before)) ?? (await inStep.manifest());
  const bump = suggestBump(changes);
  return {
    against,
    version: { from: version, bump, to: bumpVersion(version, bump) },
    changes: placed.map((change) => {
      const why = accepted.get(change.id);
      return why === undefined ? change : { ...change, accepted: why };
    }),
  };
}

/** Where the list of tools cannot tell what became of a result, everything is read: that takes longer. */
async function changesSince(
  before: Surface,
  session: Session,
  folder: Folder,
  { surface, project }: InStep,
): Promise<Change[]> {
  const after = await surface();
  if (project) return compareWhole(before, after, resultLookup(project.blueprint));
  const changes = compareWhole(before, after);
  const isNewer = newerThan(folder.lock?.generator ?? '', session.version);
  if (isNewer || !changes.some(isDoubtful)) return changes;
  const { openProject } = await import('../project.js');
  try {
    const { blueprint } = await openProject(session, folder);
    return compareWhole(before, after, resultLookup(blueprint));
  } catch (error) {
    // An input that is an address, say, cannot be read everywhere: then the doubt stays.
    if (error instanceof InputError) return changes;
    throw error;
  }
}

/** Which of the changes are findings: `risky` counts unknown ones as well, for they may be anything. */
export function failing(changes: readonly PlacedChange[], failOn: string): PlacedChange[] {
  const classes = { breaking: ['breaking'], risky: ['breaking', 'unknown', 'risky'], none: [] };
  const bad: readonly string[] = classes[failOn as keyof typeof classes];
  return changes.filter((change) => change.accepted === undefined && bad.includes(change.class));
}

const NOTHING: Documents = { tools: new Map(), sources: {}, textOf: () => undefined };

/** Places in the documents of now: as read, or where nothing was read by what the lock knows. */
async function originsOf(
  session: Session,
  { root, lock }: Folder,
  { project, manifest }: InStep,
): Promise<ReadonlyMap<string, Origin>> {
  if (project) return originsIn(project.blueprint);
  const { sources } = await manifest();
  const texts = await textsOf(sources, (path) => readProjectFile(root, path));
  const { join, relative } = await import('node:path');
  const shown = (path: string) => relative(session.io.cwd, join(root, path));
  const named = new Map([...texts].map(([path, text]) => [shown(path), text]));
  session.addTexts((file) => named.get(file));
  const textOf = (path: string) => texts.get(path);
  const origins = operationOrigins({ tools: lock?.tools ?? new Map(), sources, textOf });
  return new Map(
    [...origins].map(([name, origin]) => [name, { ...origin, file: shown(origin.file) }]),
  );
}

async function documentsAtRef(before: ProjectAtRef): Promise<Documents> {
  const sources = (await manifestAtRef(before))?.sources ?? {};
  const texts = await textsOf(sources, before.textOf);
  const lock = await lockAtRef(before);
  return { tools: lock?.tools ?? new Map(), sources, textOf: (path) => texts.get(path) };
}

/** The entry documents of all inputs that are pinned. */
async function textsOf(
  sources: Manifest['sources'],
  read: (path: string) => Promise<string | undefined>,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const source of Object.values(sources)) {
    const input = inputOf(source);
    if (!input.startsWith('specs/')) continue;
    const text = await read(input);
    if (text !== undefined) texts.set(input, text);
  }
  return texts;
}

/** What another version of the generator wrote may not be readable for this one; then places are not known. */
async function manifestAtRef({ textOf }: ProjectAtRef): Promise<Manifest | undefined> {
  const text = await textOf(MANIFEST);
  try {
    return text === undefined ? undefined : parseManifest(text, MANIFEST);
  } catch {
    return undefined;
  }
}

async function lockAtRef({ textOf }: ProjectAtRef): Promise<Lock | undefined> {
  const text = await textOf(LOCK_PATH);
  try {
    return text === undefined ? undefined : parseLock(text);
  } catch {
    return undefined;
  }
}
