import type { JsonSchema } from '../blueprint/types.js';

/** Who a file belongs to when the project is generated again (see `workspace/reconcile.ts`). */
export type Owner = 'managed' | 'seed' | 'merged' | 'user';

/** A file of the emitted project: shown through a template, copied from `templates/`, or given as text. */
export type FileSpec = { path: string; owner: Owner } & (
  { template: string; view: object; types?: TypesView } | { copy: string } | { text: string }
);

/** The types that a file declares; the renderer compiles them before it shows the template. */
export type TypesView = {
  requests: TypeRequest[];
  /** Declared type → the file below `src/generated/types/` (without extension) that declares it. */
  modules: ReadonlyMap<string, string>;
  /** The file's own name in `modules`. */
  module: string;
  /** Its types are nobody else's: their names are its own. */
  isAlone?: boolean;
};

/** A type to declare: its schema may refer to others by `#/$defs/<name>`. */
export type TypeRequest = {
  name: string;
  schema: JsonSchema;
  /** Type names by the name that `#/$defs/<name>` refers to. */
  names: ReadonlyMap<string, string>;
};

export type RenderedFile = { path: string; owner: Owner; text: string };
