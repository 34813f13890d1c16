import type { FileSpec, RenderedFile, TypesView } from '../project/file-spec.js';
import { readTemplate } from '../project/templates.js';
import { show } from './engine.js';
import { SourceText } from './source-text.js';
import type { TypeDeclaration } from './types/types-cache.js';
import { declareGroups } from './types/types-source.js';

export type RenderOptions = {
  /** Folder in which compiled types are remembered; left out, nothing is. */
  cacheDir?: string;
  /** Told the names of types that could not be made from their schema and are declared as unknown. */
  onUnknownType?: (name: string) => void;
};

/** The text of every file, in the order given. Deterministic; writes nothing but the cache. */
export async function renderProject(
  specs: FileSpec[],
  options: RenderOptions = {},
): Promise<RenderedFile[]> {
  const views = specs.flatMap((spec) => ('types' in spec ? (spec.types ?? []) : []));
  const shared = views.filter(({ isAlone }) => isAlone !== true);
  const alone = views.filter(({ isAlone }) => isAlone === true);
  const groups = [
    shared.flatMap(({ requests }) => requests),
    ...alone.map((view) => view.requests),
  ];
  const { declarations, failed } = await declareGroups(groups, options);
  for (const name of failed) options.onUnknownType?.(name);
  const [ofAll, ...ofOthers] = declarations;
  const own = new Map(alone.map((view, index) => [view, ofOthers[index]!]));
  const declarationsOf = (view: TypesView) => own.get(view) ?? ofAll!;
  return specs.map((spec) => ({
    path: spec.path,
    owner: spec.owner,
    text: textOf(spec, declarationsOf),
  }));
}

type DeclarationsOf = (view: TypesView) => Map<string, TypeDeclaration>;

function textOf(spec: FileSpec, declarationsOf: DeclarationsOf): string {
  if ('text' in spec) return spec.text;
  if ('copy' in spec) return readTemplate(spec.copy);
  if (spec.types === undefined) return show(spec.template, spec.view);
  return show(spec.template, { ...spec.view, ...declared(spec.types, declarationsOf(spec.types)) });
}

/** What a file of types shows: what it imports from its neighbours, and its declarations. */
function declared(
  { requests, modules, module }: TypesView,
  declarations: Map<string, TypeDeclaration>,
): { imports: { names: string[]; from: string }[]; declarations: SourceText } {
  const own = requests.map(({ name }) => declarations.get(name)!);
  const imports = new Map<string, Set<string>>();
  for (const name of own.flatMap(({ refs }) => refs)) {
    const from = modules.get(name);
    if (from === undefined || from === module) continue;
    imports.set(from, (imports.get(from) ?? new Set()).add(name));
  }
  return {
    imports: [...imports.keys()].sort().map((from) => ({
      names: [...imports.get(from)!].sort(),
      from: `./${from}.js`,
    })),
    declarations: new SourceText(own.map(({ text }) => text).join('\n\n')),
  };
}
