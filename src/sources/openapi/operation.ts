import type { Node } from './node.js';

/** One operation in the one form that every version of OpenAPI is brought to. Nodes keep their place in the document. */
export type Operation = {
  /** Upper case. */
  method: string;
  path: string;
  node: Node;
  id?: string;
  tags: string[];
  summary?: string;
  description?: string;
  deprecated: boolean;
  parameters: Parameter[];
  /** Parameters whose `in` is not known: they cannot be sent. */
  misplaced: Node[];
  body?: Body;
  responses: Response[];
  /** Undefined where the document's own applies. */
  security?: Node;
  /** The nearest `servers` of the operation or its path; undefined where the document's own applies. */
  servers?: Node;
};

export type Parameter = {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie' | 'querystring';
  required: boolean;
  node: Node;
  schema?: Node;
  description?: string;
  deprecated: boolean;
  style?: string;
  explode?: boolean;
  allowReserved: boolean;
  /** Media type when the parameter is described by `content`. */
  contentType?: string;
};

export type Body = {
  node: Node;
  required: boolean;
  description?: string;
  content: MediaType[];
};

export type MediaType = {
  type: string;
  node: Node;
  schema?: Node;
  encoding?: Node;
};

export type Response = {
  /** `200`, `2XX`, `default`. */
  status: string;
  description?: string;
  content: MediaType[];
};

/** Methods that a Path Item Object has keys for (OpenAPI 3.2 §4.9.1; `query` is new there). */
export const METHODS = [
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
] as const;
