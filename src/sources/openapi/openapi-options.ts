import type { GivenEntries } from './given-parameters.js';
import type { Selector } from './select.js';

/** What mcp.yaml says of an OpenAPI source. */
export type OpenApiOptions = {
  id: string;
  openapi: string;
  baseUrl?: string;
  /** Address that the document was first read from, for relative server URLs. */
  documentUrl?: string;
  include?: Selector[];
  exclude?: Selector[];
  prefix?: string;
  /** `always` sends what is set in the environment even where the document asks for nothing. */
  credentials?: 'documented' | 'always';
  /** Values of parameters that the model is not asked for. */
  parameters?: GivenEntries;
  /** The file that says so. */
  manifest?: string;
};
