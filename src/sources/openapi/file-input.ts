import type { JsonSchema } from '../../blueprint/types.js';

/** Name under which the schema of a file argument is registered. */
export const FILE_INPUT = 'FileInput';

/** A file as a model can give it: bytes as base64, or a data: URI; mirrors `FileInput` of the emitted runtime. */
export const fileInputSchema: JsonSchema = {
  type: 'object',
  description: 'A file: data or uri',
  properties: {
    data: { type: 'string', contentEncoding: 'base64' },
    uri: { type: 'string', description: 'data: URI' },
    filename: { type: 'string' },
    mediaType: { type: 'string' },
  },
  additionalProperties: false,
  examples: [{ data: 'aGVsbG8=', filename: 'hello.txt', mediaType: 'text/plain' }],
};

const OF_RANGE: ReadonlyMap<string, object> = new Map(
  [
    ['image', 'png'],
    ['audio', 'wav'],
    ['video', 'mp4'],
  ].map(([kind, subtype]) => [
    `${kind}/*`,
    { data: 'aGVsbG8=', filename: `hello.${subtype}`, mediaType: `${kind}/${subtype}` },
  ]),
);

/** A file that a media range such as `image/*` takes: for these the type that is sent is the file's own. */
export function exampleOfRange(range: string): object | undefined {
  return OF_RANGE.get(range);
}
