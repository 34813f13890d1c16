import { basePath } from '../../workspace/base-texts.js';
import { extraFiles } from '../../workspace/extra-files.js';
import { jsonProblem } from '../../workspace/json-problem.js';
import { isEjected, type Lock } from '../../workspace/lock.js';
import { hashProjectFiles, readProjectFile } from '../../workspace/read-project.js';
import { decide, type Step } from '../../workspace/reconcile.js';
import { finding, lockFindings, stepFinding, type Finding } from './findings.js';

/** What hashes alone can tell; `isProof` where nothing else needs to be looked at. */
export type HashCheck = { findings: Finding[]; isProof: boolean };

/**
 * Compares the project with its lock and reads, parses and renders nothing. With the generator and all inputs as the lock
 * knows them, what would be rendered is what the lock lists: that is a proof. Otherwise only what differs is told.
 */
export async function checkByHashes(root: string, lock: Lock, version: string): Promise<HashCheck> {
  const inputs = await hashProjectFiles(root, lock.inputs.keys());
  const differences = lockFindings(lock, { generator: version, inputs });
  if (differences.length > 0) return { findings: differences, isProof: false };
  const hashes = await hashProjectFiles(root, lock.files.keys());
  const steps = [...lock.files].map(([path, { owner, sha256 }]): Step => {
    const facts = { locked: sha256, disk: hashes.get(path), next: sha256 };
    if (isEjected(lock, path)) return { path, owner, action: 'keep', reason: '' };
    return { path, owner, ...decide(owner, facts) };
  });
  // Whether an ejected file that is gone is needed, and one that is there runs the handlers of its tools, only generating can tell.
  const isOpen = steps.some(
    ({ path }) =>
      isEjected(lock, path) && (!hashes.has(path) || path.startsWith('src/generated/tools/')),
  );
  if (isOpen) return { findings: [], isProof: false };
  const merged = await mergedFindings(root, lock, hashes);
  const others = [...(await lostBases(root, lock)), ...(await extras(root, lock))];
  return { findings: [...steps.flatMap(found), ...merged, ...others], isProof: true };
}

/** What the next merge needs: without it the first new dependency would be a conflict. */
export async function lostBases(root: string, lock: Lock | undefined): Promise<Finding[]> {
  const merged = [...(lock?.files ?? [])].filter(([, { owner }]) => owner === 'merged');
  const paths = merged.flatMap(([path]) => [path, basePath(path)]);
  const hashes = await hashProjectFiles(root, paths);
  return merged
    .filter(([path, { sha256 }]) => hashes.has(path) && hashes.get(basePath(path)) !== sha256)
    .map(([path]) => finding(basePath(path), 'MCP523', { path: basePath(path) }));
}

/** Files in generated folders that are not generated; `known` are those that are. */
export async function extras(root: string, lock: Lock | undefined, known: string[] = []) {
  const paths = new Set([...(lock?.files.keys() ?? []), ...known]);
  const files = await extraFiles(root, paths);
  return files.map((path) => finding(path, 'MCP526', { path }));
}

function found(step: Step): Finding[] {
  const one = stepFinding(step);
  return one ? [one] : [];
}

/** A package.json is meant to be edited, but not to be left half merged. */
async function mergedFindings(
  root: string,
  lock: Lock,
  hashes: ReadonlyMap<string, string>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [path, { owner, sha256 }] of lock.files) {
    if (owner !== 'merged' || hashes.get(path) === sha256) continue;
    const text = (await readProjectFile(root, path)) ?? '{}';
    const reason = jsonProblem(text);
    if (reason !== undefined) findings.push(finding(path, 'MCP501', { path, reason }));
  }
  return findings;
}
