/** The public API: the pipe that every command is an end of. */
export type {
  Binding,
  Blueprint,
  JsonSchema,
  Prompt,
  Resource,
  Setting,
  Skipped,
  Source,
  Tool,
} from './blueprint/types.js';
export { bumpVersion, suggestBump, type Bump } from './blueprint/bump.js';
export {
  compareSurfaces,
  compareWhole,
  type Change,
  type Surface,
  type SurfaceTool,
} from './blueprint/compare.js';
export { estimateTokens, toolList, type ListedTool } from './blueprint/surface.js';
export {
  InputError,
  type Diagnostic,
  type Origin,
  type Severity,
} from './diagnostics/diagnostic.js';
export { createDiagnosticPrinter } from './diagnostics/format-diagnostic.js';
export { planProject } from './project/plan.js';
export type { FileSpec, RenderedFile } from './project/file-spec.js';
export { renderProject } from './render/render-project.js';
export { parseManifest, writeManifest, type Manifest } from './sources/manifest/manifest.js';
export { readBlueprint } from './sources/read-blueprint.js';
export { createLoader, type Loader, type LoaderOptions } from './sources/read/loader.js';
export { applySteps } from './workspace/apply.js';
export { parseLock, writeLock, type Lock } from './workspace/lock.js';
export { nextLock } from './workspace/next-lock.js';
export { readProjectFile, readProjectFiles } from './workspace/read-project.js';
export { reconcile, type Action, type Step } from './workspace/reconcile.js';
