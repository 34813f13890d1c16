import type { Blueprint } from '../blueprint/types.js';
import { copiedFiles, type Copied } from './copied.js';
import type { FileSpec } from './file-spec.js';
import { handlerFiles, type HandlerFile } from './handlers.js';
import { typeNamer } from './names.js';
import { namedSchemas, schemaFiles, type NamedSchemas, type SchemaFile } from './schema-files.js';
import { toolFiles, type ToolFile } from './tool-files.js';

export type PlanOptions = {
  /** The manifest as it is written to `mcp.yaml`. */
  manifestText: string;
  /** The pinned inputs, with paths relative to the project. */
  specs: { path: string; text: string }[];
  generatorVersion: string;
};

/** What the features share: the blueprint, and which names and files its tools and types get. */
export type ProjectContext = {
  blueprint: Blueprint;
  options: PlanOptions;
  toolFiles: ToolFile[];
  schemas: NamedSchemas;
  schemaFiles: SchemaFile[];
  /** Files of the user that run for tools. */
  handlers: HandlerFile[];
  copied: Copied;
};

/** One capability of the emitted project: the files that it needs. */
export type Feature = (context: ProjectContext) => FileSpec[];

export function createContext(blueprint: Blueprint, options: PlanOptions): ProjectContext {
  const typeName = typeNamer();
  // Named schemas first: their names are the ones that people know.
  const schemas = namedSchemas(blueprint, typeName);
  const files = schemaFiles(schemas);
  const taken = files.map(({ module }) => module);
  return {
    blueprint,
    options,
    toolFiles: toolFiles(blueprint, typeName, taken),
    schemas,
    schemaFiles: files,
    handlers: handlerFiles(blueprint),
    copied: copiedFiles(blueprint),
  };
}
