import type { Blueprint } from '../../src/blueprint/types.js';
import type { RenderedFile } from '../../src/project/file-spec.js';
import { planProject } from '../../src/project/plan.js';
import { renderProject, type RenderOptions } from '../../src/render/render-project.js';
import { planOptions } from './blueprint.js';

/** The files of a blueprint's project by path. */
export async function renderBlueprint(
  blueprint: Blueprint,
  options: RenderOptions = {},
): Promise<Map<string, RenderedFile>> {
  const files = await renderProject(planProject(blueprint, planOptions), options);
  return new Map(files.map((file) => [file.path, file]));
}

/** Text of one file; throws when there is none. */
export function textOf(files: Map<string, RenderedFile>, path: string): string {
  const file = files.get(path);
  if (file === undefined) throw new Error(`there is no ${path}`);
  return file.text;
}
