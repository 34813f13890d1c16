import type { JsonSchema } from '../../blueprint/types.js';
import type { Context } from './context.js';
import { isJson, preferred } from './media-types.js';
import { stringsAt } from './node.js';
import type { Operation, Response } from './operation.js';

/** What comes back when all is well. */
export type Success = {
  /** Accept header; undefined where JSON is expected or nothing is known. */
  accept?: string;
  /** Schema of the JSON body; refers to the document's named schemas. */
  schema?: JsonSchema;
};

/** The response that a caller counts on: the lowest 2xx with a JSON body, else with any body, else `default`. */
export function readSuccess(context: Context, operation: Operation): Success {
  const success = readBody(context, operation);
  const accept = declaredAccept(operation);
  return accept === undefined ? success : { ...success, accept };
}

/** An Accept header with a list of values is never asked of a model, but what it allows counts. */
function declaredAccept({ parameters }: Operation): string | undefined {
  const header = parameters.find(
    ({ name, in: place }) => place === 'header' && /^accept$/i.test(name),
  );
  const values = header?.schema ? stringsAt(header.schema, 'enum') : [];
  return values.find((value) => isJson(value)) ?? values[0];
}

function readBody(context: Context, operation: Operation): Success {
  const successes = operation.responses
    .filter(({ status }) => /^2(?:\d\d|XX)$/.test(status))
    .sort((a, b) => (a.status < b.status ? -1 : 1));
  const candidates =
    successes.length > 0
      ? successes
      : operation.responses.filter(({ status }) => status === 'default');
  const chosen =
    candidates.find((response) => response.content.some(({ type }) => isJson(type))) ??
    candidates.find((response) => response.content.length > 0);
  if (!chosen) return {};
  const media = preferred(chosen.content);
  if (media && isJson(media.type)) {
    const schema = media.schema && context.schemas.read(media.schema, 'output');
    const accept = media.type.startsWith('application/json') ? undefined : media.type;
    return { ...(schema && { schema }), ...(accept !== undefined && { accept: header([accept]) }) };
  }
  return { accept: acceptOf(chosen) };
}

function acceptOf(response: Response): string {
  const types = response.content.map(({ type }) => type);
  return header([...new Set(types)].slice(0, 5));
}

/** Only what a header can carry. */
function header(types: string[]): string {
  const clean = types.filter((type) => /^[\x20-\x7e]{1,100}$/.test(type));
  return clean.length > 0 ? clean.join(', ') : '*/*';
}
