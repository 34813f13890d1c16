import { relative, resolve } from 'node:path';
import { suggestBump, bumpVersion, type Bump } from '../blueprint/bump.js';
import { compareWhole, resultLookup, type Change, type Surface } from '../blueprint/compare.js';
import type { Blueprint } from '../blueprint/types.js';
import { migrateManifest } from '../sources/manifest/migrate-manifest.js';
import { parseManifest, type Manifest } from '../sources/manifest/manifest.js';
import type { SourceText } from '../sources/read/loader.js';
import { nextLock } from '../workspace/next-lock.js';
import type { Lock } from '../workspace/lock.js';
import { jsonProblem } from '../workspace/json-problem.js';
import { setLockVersion, setVersion } from '../workspace/merge-package.js';
import type { ProjectFile } from '../workspace/project-file.js';
import { readProjectFile, readProjectFiles } from '../workspace/read-project.js';
import type { Step } from '../workspace/reconcile.js';
import { editManifest } from './edit-manifest.js';
import { MANIFEST, refuseDowngrade, type Folder } from './folder.js';
import { goneTools } from './gone-tools.js';
import { pinnedLoader } from './pinned-loader.js';
import { decide, read, render, type Decision } from './pipe.js';
import type { Session } from './session.js';
import { lockedTools, parseSurface, surfaceOf } from './surface/surface.js';
import {
  joinLoaders,
  pinTaken,
  placeSnapshots,
  takeSources,
  withTaken,
  type TakenSource,
} from './take-source.js';
import { unusedHandlers } from './unused-handlers.js';

/** A project as it is and as it should be. */
export type ProjectState = Decision & {
  root: string;
  /** As typed, for messages. */
  dir: string;
  /** As it was when the run began. */
  manifest: Manifest;
  blueprint: Blueprint;
  rendered: ProjectFile[];
  surface: Surface;
  /** Undefined where there is no tool list of before. */
  changes: Change[] | undefined;
  version: VersionStep;
};

/** `to` is what the changes ask for; it is written only where `--bump` asks for that. */
export type VersionStep = { from: string; bump: Bump; to: string };

/**
 * Reads everything that the manifest of a project names, new versions of inputs first, and compares it with the folder.
 * `added` are inputs that its manifest names and that are not pinned yet. Writes nothing. Throws an InputError where an input cannot be read or a newer generator was at work.
 */
export async function openProject(
  session: Session,
  folder: Folder,
  added: readonly TakenSource[] = [],
): Promise<ProjectState> {
  refuseDowngrade(session, folder);
  const { root, dir, manifestText, manifestFile } = folder;
  const manifest = parseManifest(manifestText, manifestFile);
  const taken = [...(await takeSources(session, root, manifest)), ...added];
  const pinned = pinnedLoader(session, root);
  const blueprint = await read(session, withTaken(manifest, taken), joinLoaders(pinned, taken));
  const surface = surfaceOf(blueprint);
  const before = await surfaceOnDisk(root, folder.lock);
  const changes = before && compareWhole(before, surface, resultLookup(blueprint));
  const version = versionStep(manifest.version, changes ?? []);

  const { edits, specs } = await pinTaken(taken, manifest);
  placeSnapshots(blueprint, edits);
  if (session.args.bump && version.bump !== 'none') {
    edits.push({ path: ['version'], value: version.to });
    blueprint.server.version = version.to;
  }
  const migrated = migrateManifest(manifestText, manifestFile);
  const nextManifest = edits.length === 0 ? migrated : editManifest(migrated, edits);
  const pins = pinnedTexts(root, session.io.cwd, pinned.texts());
  const known = await readProjectFiles(root, [...pins.keys()]);
  const old = [...known].map(([path, text]) => ({ path, text }));
  const freed = withoutRows(pins);
  const inputs = { manifestText: nextManifest, specs: distinct([...specs, ...freed, ...old]) };
  const rendered = await render(session, blueprint, inputs);
  const rewritten = new Set([MANIFEST, ...freed.map(({ path }) => path)]);
  const decision = await decide(session, root, rendered, { rewritten, known, since: folder });
  const unused = unusedHandlers({ blueprint, rendered, manifestFile, ...decision });
  const steps = session.args.bump ? withVersion(decision, version) : decision.steps;
  return {
    ...{ root, dir, manifest, rendered, surface, changes, version },
    blueprint: { ...blueprint, findings: [...blueprint.findings, ...unused] },
    ...decision,
    steps,
  };
}

/** The lock that a run of regenerate leaves behind. */
export function lockAfter({ version }: Session, project: ProjectState): Lock {
  const { lock, steps, rendered, blueprint } = project;
  const known = { tools: lockedTools(blueprint), gone: goneTools(blueprint) };
  return nextLock(lock, steps, rendered, version, known);
}

async function surfaceOnDisk(root: string, lock: Lock | undefined): Promise<Surface | undefined> {
  const text = await readProjectFile(root, 'mcp.tools.json');
  return text === undefined ? undefined : parseSurface(text, lock);
}

function versionStep(from: string, changes: readonly Change[]): VersionStep {
  const bump = suggestBump(changes);
  return { from, bump, to: bumpVersion(from, bump) };
}

/**
 * A version asked for with `--bump` is written over one that the user gave the package by hand, and into its lock file, which
 * is the user's otherwise.
 */
function withVersion({ steps, disk }: Decision, { from, to }: VersionStep): Step[] {
  if (from === to) return steps;
  return steps.map((step) => {
    const text = step.text ?? disk.get(step.path);
    if (
      step.path === 'package-lock.json' &&
      text !== undefined &&
      jsonProblem(text) === undefined
    ) {
      const next = setLockVersion(text, to);
      return next === text ? step : { ...step, action: 'merge', reason: 'its version', text: next };
    }
    const isMerged = step.action === 'merge' || step.action === 'unchanged';
    if (step.path !== 'package.json' || text === undefined || !isMerged) return step;
    const conflicts = step.conflicts?.filter(({ path }) => path.join() !== 'version') ?? [];
    return { ...step, action: 'merge', text: setVersion(text, to), conflicts };
  });
}

function pinnedTexts(root: string, cwd: string, texts: SourceText[]): Map<string, SourceText> {
  const named = texts.map((text) => {
    return [relative(root, resolve(cwd, text.file)).replaceAll('\\', '/'), text] as const;
  });
  return new Map(named.filter(([path]) => path.startsWith('specs/')));
}

/**
 * Pinned scripts that still hold rows, without them. Other inputs are kept as they are on disk: what the loader gives has no
 * byte order mark and one encoding.
 */
function withoutRows(pins: ReadonlyMap<string, SourceText>): { path: string; text: string }[] {
  return [...pins].flatMap(([path, { leftOut, kept }]) =>
    leftOut !== undefined && leftOut.size > 0 && kept !== undefined ? [{ path, text: kept }] : [],
  );
}

/** Of two texts for one path the first. */
function distinct<File extends { path: string }>(files: readonly File[]): File[] {
  const byPath = new Map([...files].reverse().map((file) => [file.path, file]));
  return [...byPath.values()];
}
