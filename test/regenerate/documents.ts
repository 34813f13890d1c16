import fc from 'fast-check';

/** One operation of a small document, in one of its versions. */
type Operation = { name: string; tag: number; argument: number; words: number; body: boolean };

const operation = (name: string): fc.Arbitrary<Operation> =>
  fc.record({
    name: fc.constant(name),
    tag: fc.nat(1),
    argument: fc.nat(3),
    words: fc.nat(2),
    body: fc.boolean(),
  });

/** Small documents with up to four operations that differ from each other in what regenerating is about. */
export const documents: fc.Arbitrary<string> = fc
  .tuple(...['alpha', 'beta', 'gamma', 'delta'].map((name) => fc.option(operation(name))))
  .map((operations) => documentOf(operations.filter((found) => found !== null)));

const ARGUMENTS = [
  [],
  [{ name: 'limit', in: 'query', schema: { type: 'integer' } }],
  [{ name: 'limit', in: 'query', required: true, schema: { type: 'integer' } }],
  [{ name: 'kind', in: 'query', schema: { enum: ['a', 'b'] } }],
];

function documentOf(operations: Operation[]): string {
  const paths = operations.map(({ name, tag, argument, words, body }) => [
    `/${name}`,
    {
      [body ? 'post' : 'get']: {
        operationId: name,
        tags: [`tag${tag}`],
        summary: `${name} in ${words} words`,
        parameters: ARGUMENTS[argument],
        ...(body && { requestBody: { content: json({ $ref: '#/components/schemas/Thing' }) } }),
        responses: { 200: { description: 'ok', content: json({ type: 'array', items: {} }) } },
      },
    },
  ]);
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Greek', version: '1' },
    servers: [{ url: 'https://api.example.com' }],
    paths: Object.fromEntries(paths),
    components: {
      schemas: { Thing: { type: 'object', properties: { name: { type: 'string' } } } },
    },
  });
}

function json(schema: object) {
  return { 'application/json': { schema } };
}
