import type { Step } from '../../workspace/reconcile.js';
import { hashOfFile, withLf } from '../../workspace/project-file.js';
import type { ProjectState } from '../project.js';

/** Files that are the user's once they are written, and say what a project consists of. */
const FOLLOWING: ReadonlySet<string> = new Set([
  '.env.example',
  '.gitignore',
  'README.md',
  'package-lock.json',
]);

/**
 * The steps, so that files of the user's which nobody has changed since they were written tell of the addition too. An
 * `.env.example` that was changed gets its settings at the end.
 */
export function followSeeds(project: ProjectState, id: string): Step[] {
  const { steps, disk, rendered, lock } = project;
  return steps.map((step) => {
    const { path, owner, action } = step;
    const text = disk.get(path);
    const file = rendered.find((one) => one.path === path);
    const isYours = owner === 'seed' && action === 'keep' && FOLLOWING.has(path);
    if (!isYours || text === undefined || file === undefined) return step;
    if (step.disk === lock?.files.get(path)?.sha256 && step.disk !== hashOfFile(file))
      return { ...step, action: 'update', reason: '' };
    return path === '.env.example'
      ? withSettings(step, text, file.text, settings(project, id))
      : step;
  });
}

function settings({ blueprint }: ProjectState, id: string): string[] {
  const source = blueprint.sources.find((one) => one.id === id);
  return (source?.settings ?? []).map(({ env }) => env);
}

/** The paragraphs of those variables that the text does not name. */
function withSettings(step: Step, text: string, wanted: string, names: readonly string[]): Step {
  const isNamed = (name: string, where: string) =>
    new RegExp(`^[#\\s]*(?:export\\s+)?${name}=`, 'm').test(where);
  const missing = names.filter((name) => !isNamed(name, text));
  const paragraphs = wanted
    .trimEnd()
    .split('\n\n')
    .filter((paragraph) => missing.some((name) => isNamed(name, paragraph)));
  if (paragraphs.length === 0) return step;
  const added = `${withLf(text).trimEnd()}\n\n${paragraphs.join('\n\n')}\n`;
  return { ...step, action: 'merge', reason: 'its new settings', text: added };
}
