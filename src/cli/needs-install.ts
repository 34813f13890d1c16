import { jsonProblem } from '../workspace/json-problem.js';
import type { ProjectState } from './project.js';

/** Whether package.json asks for a package that it did not ask for before. */
export function needsInstall({ steps, disk, rendered }: ProjectState): boolean {
  const step = steps.find(({ path }) => path === 'package.json');
  const next = step?.text ?? rendered.find(({ path }) => path === 'package.json')?.text;
  const before = packagesOf(disk.get('package.json'));
  return packagesOf(next).some((name) => !before.includes(name));
}

function packagesOf(text: string | undefined): string[] {
  if (text === undefined || jsonProblem(text) !== undefined) return [];
  const { dependencies, devDependencies } = JSON.parse(text) as Record<string, object | undefined>;
  return Object.keys({ ...dependencies, ...devDependencies });
}
