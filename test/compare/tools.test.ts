import { describe, expect, it } from 'vitest';
import {
  CHANGE_RULES,
  compareSurfaces,
  type Change,
  type SurfaceTool,
} from '../../src/blueprint/compare.js';
import { closed, line, tool } from './support/surface.js';

const text = { type: 'string' };

function compare(before: Partial<SurfaceTool>, after: Partial<SurfaceTool>): Change[] {
  return compareSurfaces([tool(before)], [tool(after)]);
}

const bearer = { bearer: [] };
const oauth = (...scopes: string[]): object => ({ oauth: scopes });

describe('one tool', () => {
  it.each<[string, Partial<SurfaceTool>, Partial<SurfaceTool>, string[]]>([
    ['nothing', {}, {}, []],
    ['title', { title: 'a' }, { title: 'b' }, ['risky title-changed /title']],
    ['description', {}, { description: 'other' }, ['risky description-changed /description']],
    [
      'no longer only reads',
      { annotations: { readOnlyHint: true } },
      {},
      ['risky read-only-lost /annotations/readOnlyHint'],
    ],
    [
      'only reads now',
      { annotations: { readOnlyHint: false, destructiveHint: false } },
      { annotations: { readOnlyHint: true } },
      ['safe read-only-gained /annotations/readOnlyHint'],
    ],
    [
      'may destroy now: that is what nothing said means',
      { annotations: { destructiveHint: false } },
      {},
      ['risky destructive-gained /annotations/destructiveHint'],
    ],
    [
      'no longer destroys',
      { annotations: { destructiveHint: true } },
      { annotations: { destructiveHint: false } },
      ['safe destructive-lost /annotations/destructiveHint'],
    ],
    [
      'what destroys means nothing where it only reads',
      { annotations: { readOnlyHint: true, destructiveHint: false } },
      { annotations: { readOnlyHint: true } },
      [],
    ],
    [
      'can no longer be repeated',
      { annotations: { idempotentHint: true } },
      {},
      ['risky idempotent-lost /annotations/idempotentHint'],
    ],
    [
      'can be repeated now',
      {},
      { annotations: { idempotentHint: true } },
      ['safe idempotent-gained /annotations/idempotentHint'],
    ],
    [
      'stays in its world',
      {},
      { annotations: { openWorldHint: false } },
      ['safe open-world-changed /annotations/openWorldHint'],
    ],
    [
      'results no longer described',
      { outputSchema: { type: 'object' } },
      {},
      ['breaking output-schema-removed /outputSchema'],
    ],
    [
      'results described now',
      {},
      { outputSchema: { type: 'object' } },
      ['safe output-schema-added /outputSchema'],
    ],
    [
      'moved to another path',
      { operation: 'shop GET /v1/things' },
      { operation: 'shop GET /v2/things' },
      ['risky operation-moved'],
    ],
    ['operation not known before', {}, { operation: 'shop GET /things' }, []],
    [
      'a scope more',
      { security: [oauth('read')] },
      { security: [oauth('read', 'write')] },
      ['risky scope-added /security'],
    ],
    [
      'a scope less',
      { security: [oauth('read', 'write')] },
      { security: [oauth('read')] },
      ['safe scope-removed /security'],
    ],
    [
      'another scheme',
      { security: [bearer] },
      { security: [oauth()] },
      ['risky scope-added /security'],
    ],
    [
      'another way in besides',
      { security: [bearer] },
      { security: [oauth('read'), bearer] },
      ['safe scope-removed /security'],
    ],
    [
      'one way in less',
      { security: [oauth('read'), bearer] },
      { security: [bearer] },
      ['risky scope-added /security'],
    ],
    [
      'credentials at all',
      { security: [] },
      { security: [bearer] },
      ['risky scope-added /security'],
    ],
    [
      'no credentials any more',
      { security: [bearer] },
      { security: [] },
      ['safe scope-removed /security'],
    ],
    ['no credentials, said otherwise', { security: [{}] }, { security: [] }, []],
    [
      'ways in another order',
      { security: [bearer, oauth('a')] },
      { security: [oauth('a'), bearer] },
      [],
    ],
    ['access not known before', {}, { security: [bearer] }, []],
    [
      'access of a shape that is not known',
      { security: 'x' },
      { security: 'y' },
      ['risky scope-added /security'],
    ],
  ])('%s', (_, before, after, want) => {
    expect(compare(before, after).map(line)).toEqual(want);
  });
});

describe('several tools', () => {
  const named = (name: string, operation?: string): SurfaceTool =>
    tool({ name, ...(operation !== undefined && { operation }) });
  const of = (changes: readonly Change[]): string[] =>
    changes.map(({ code, tool: name, message }) => `${code} ${name}: ${message}`);

  it.each<[string, SurfaceTool[], SurfaceTool[], string[]]>([
    ['added', [named('a')], [named('a'), named('b')], ['tool-added b: was added']],
    [
      'removed, with its operation',
      [named('a'), named('b', 'shop GET /b')],
      [named('a')],
      ['tool-removed b: was removed (shop GET /b)'],
    ],
    [
      'renamed',
      [named('list', 'shop GET /things')],
      [named('listThings', 'shop GET /things')],
      ['tool-renamed listThings: renamed from list'],
    ],
    [
      'renamed, and its path parameter as well',
      [named('get', 'shop GET /things/{id}')],
      [named('getThing', 'shop GET /things/{thingId}')],
      [
        'operation-moved getThing: calls shop GET /things/{thingId} instead of shop GET /things/{id}',
        'tool-renamed getThing: renamed from get',
      ],
    ],
    [
      'another name without a known operation is another tool',
      [named('a')],
      [named('b')],
      ['tool-removed a: was removed', 'tool-added b: was added'],
    ],
    [
      'names exchanged',
      [named('a', 's GET /a'), named('b', 's GET /b')],
      [named('b', 's GET /a'), named('a', 's GET /b')],
      ['tool-renamed a: renamed from b', 'tool-renamed b: renamed from a'],
    ],
    [
      'a name that another operation took over',
      [named('list', 's GET /old')],
      [named('list', 's GET /new'), named('listOld', 's GET /old')],
      ['tool-added list: was added (s GET /new)', 'tool-renamed listOld: renamed from list'],
    ],
    [
      'one operation twice',
      [named('a', 's GET /x'), named('b', 's GET /x')],
      [named('b', 's GET /x'), named('c', 's GET /x')],
      ['tool-renamed c: renamed from a'],
    ],
    ['in another order', [named('a'), named('b')], [named('b'), named('a')], []],
    ['none', [], [], []],
  ])('%s', (_, before, after, want) => {
    expect(of(compareSurfaces(before, after))).toEqual(want);
  });

  it('compares the schemas of a tool that was renamed', () => {
    const before = tool({ name: 'a', operation: 's GET /x', inputSchema: closed({ x: text }) });
    const after = tool({
      name: 'b',
      operation: 's GET /x',
      inputSchema: closed({ x: { type: 'integer' } }),
    });
    expect(compareSurfaces([before], [after]).map(line)).toEqual([
      'breaking type-changed /inputSchema/properties/x',
      'breaking tool-renamed /name',
    ]);
  });

  it('gives the same answer whatever the order of tools and members', () => {
    const many = (names: string[]): SurfaceTool[] =>
      names.map((name) =>
        tool({ name, inputSchema: closed({ [name]: text, z: { type: 'integer' } }) }),
      );
    const other = (names: string[]): SurfaceTool[] =>
      names.map((name) =>
        tool({ name, inputSchema: closed({ z: text, [name]: { enum: ['x'] } }) }),
      );
    const one = compareSurfaces(many(['a', 'b', 'c']), other(['b', 'c', 'd']));
    const two = compareSurfaces(many(['c', 'a', 'b']), other(['d', 'c', 'b']));
    expect(two).toEqual(one);
    expect(one.map(({ tool: name, code }) => `${name} ${code}`)).toEqual([
      'a tool-removed',
      'b enum-added',
      'b type-changed',
      'c enum-added',
      'c type-changed',
      'd tool-added',
    ]);
  });
});

describe('a change', () => {
  const limit = (maximum: number): SurfaceTool =>
    tool({ inputSchema: closed({ limit: { type: 'integer', maximum } }) });

  it('says what was and what is', () => {
    expect(compareSurfaces([limit(100)], [limit(50)])).toEqual([
      {
        id: '9a7fd377ed66',
        class: 'breaking',
        code: 'bound-tightened',
        tool: 'things',
        pointer: '/inputSchema/properties/limit/maximum',
        message: 'argument "limit" changed maximum from 100 to 50',
        before: 100,
        after: 50,
      },
    ]);
  });

  it('keeps its id while other things change around it', () => {
    const [alone] = compareSurfaces([limit(100)], [limit(50)]);
    const before = closed({ limit: { type: 'integer', maximum: 100 }, old: text });
    const after = closed(
      { first: text, limit: { $ref: '#/$defs/L' } },
      { $defs: { L: { type: 'integer', maximum: 50 } } },
    );
    const others = compareSurfaces(
      [tool({ name: 'a' }), tool({ inputSchema: before })],
      [tool({ inputSchema: after, description: 'other' })],
    );
    expect(others.map(({ id }) => id)).toContain(alone?.id);
  });

  it('keeps its id when an alternative is put before it', () => {
    const kind = (name: string, x: object): object => ({
      type: 'object',
      properties: { kind: { const: name }, x },
      required: ['kind'],
    });
    const ids = (...more: object[]): string[] =>
      compareSurfaces(
        [tool({ inputSchema: closed({ a: { anyOf: [kind('b', text), kind('c', text)] } }) })],
        [
          tool({
            inputSchema: closed({
              a: { anyOf: [...more, kind('b', text), kind('c', { type: 'null' })] },
            }),
          }),
        ],
      ).map(({ id }) => id);
    expect(ids(kind('a', text))).toEqual(expect.arrayContaining(ids()));
  });

  it('has another id when it goes another way', () => {
    const [one] = compareSurfaces([limit(100)], [limit(50)]);
    const [two] = compareSurfaces([limit(100)], [limit(40)]);
    expect(one?.id).not.toBe(two?.id);
  });

  it('has an id of its own, even where another one says the same', () => {
    const alternatives = (x: object): object => ({
      anyOf: ['p', 'q'].map((name) => ({
        type: 'object',
        properties: { kind: { const: name }, x },
        required: ['kind'],
      })),
    });
    const of = (x: object): SurfaceTool => tool({ inputSchema: closed({ a: alternatives(x) }) });
    const ids = compareSurfaces([of({ ...text })], [of({ type: 'null' })]).map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(2);
  });

  it('is one of a closed list, each with a class and an explanation', () => {
    const classes = new Set(['breaking', 'risky', 'safe', 'unknown']);
    for (const rule of Object.values(CHANGE_RULES)) {
      expect(classes).toContain(rule.input);
      expect(classes).toContain(rule.output);
      expect(rule.explain).toMatch(/^[A-Z].*\.$/);
    }
  });

  it.each<[unknown, unknown, string]>([
    [
      text,
      { type: ['string', 'null'] },
      'argument "x" changed its type from string to null or string',
    ],
    [{ enum: ['a', 'b'] }, { enum: ['a'] }, 'argument "x" no longer allows "b"'],
    [text, { enum: ['a', 1] }, 'argument "x" allows only "a"'],
    [text, { ...text, minLength: 1 }, 'argument "x" has minLength 1 now'],
    [{ ...text, pattern: '^a' }, text, 'argument "x" no longer has pattern "^a"'],
    [text, { ...text, default: 'y' }, 'argument "x" has default "y" now'],
    [
      { type: 'array', items: closed({ id: text }) },
      { type: 'array', items: closed({}) },
      'argument "x[].id" was removed',
    ],
    [
      { type: 'object', additionalProperties: text },
      { type: 'object', additionalProperties: { type: 'integer' } },
      'argument "x.*" changed its type from string to integer',
    ],
  ])('reads well: %j → %j', (before, after, want) => {
    const changes = compareSurfaces(
      [tool({ inputSchema: closed({ x: before }) })],
      [tool({ inputSchema: closed({ x: after }) })],
    );
    expect(changes.map(({ message }) => message)).toContain(want);
  });
});

describe('input that was never checked', () => {
  const cycle: Record<string, unknown> = {
    $ref: '#/$defs/A',
    $defs: { A: { $ref: '#/$defs/B' }, B: { $ref: '#/$defs/A' } },
  };

  it.each<[string, unknown]>([
    ['a circle of references', cycle],
    ['a reference to another file', { $ref: 'other.json' }],
    ['a pointer into nothing', { $ref: '#/properties/%E0%A4%A/x' }],
    [
      'keywords of the wrong type',
      { type: 3, properties: [], required: 'x', enum: {}, anyOf: {}, minimum: 'x', items: 4 },
    ],
    [
      'a pattern that is none',
      { type: 'object', patternProperties: { '(': {} }, properties: { a: { pattern: '(' } } },
    ],
    ['null', { type: 'object', properties: { a: null } }],
    ['an empty choice', { anyOf: [] }],
  ])('%s does not throw', (_, schema) => {
    const of = (inputSchema: unknown): SurfaceTool => tool({ inputSchema: inputSchema as never });
    expect(compareSurfaces([of(schema)], [of(structuredClone(schema))])).toEqual([]);
    expect(() => compareSurfaces([of(schema)], [of({ type: 'object' })])).not.toThrow();
    expect(() => compareSurfaces([of({ type: 'object' })], [of(schema)])).not.toThrow();
  });

  it('bears a schema that is 500 levels deep', () => {
    const deep = (leaf: object): Record<string, unknown> => {
      let schema: Record<string, unknown> = { ...leaf };
      for (let n = 0; n < 500; n += 1) schema = { type: 'object', properties: { a: schema } };
      return schema;
    };
    expect(() =>
      compare({ inputSchema: deep(text) }, { inputSchema: deep({ type: 'null' }) }),
    ).not.toThrow();
  });
});
