import { expect, it } from 'vitest';
import type * as database from '../../src/blueprint/database.js';
import type * as folders from '../../src/blueprint/folders.js';
import type * as offers from '../../src/blueprint/offers.js';
import { COMPARISONS, PURE, type StepsPlan } from '../../src/blueprint/steps.js';
import type * as blueprint from '../../src/blueprint/types.js';
import type * as upstream from '../../src/blueprint/upstream.js';
import { FUNCTIONS, OPERATORS } from '../../src/sources/sql/tools/operators.js';
import type { Sessions } from '../../src/blueprint/sessions.js';
import { pinOf, type PinnedKind } from '../../src/sources/upstream/pins.js';
import type { FileFolders } from '../../templates/src/runtime/files/folders.js';
import type { FileOperation } from '../../templates/src/runtime/files/file-tool.js';
import type * as runtime from '../../templates/src/runtime/http/operation.js';
import type { McpOperation } from '../../templates/src/runtime/mcp/mcp-tool.js';
import { pinOf as pinAtRunTime } from '../../templates/src/runtime/mcp/pins.js';
import type { McpUpstream } from '../../templates/src/runtime/mcp/upstream.js';
import type { OwnPrompt, OwnResource } from '../../templates/src/runtime/offers/offers.js';
import type { SessionFacts } from '../../templates/src/runtime/sessions/http-sessions.js';
import type * as sql from '../../templates/src/runtime/sql/database.js';
import { SQL_MEASURES, SQL_OPERATORS } from '../../templates/src/runtime/sql/operators.js';
import type { SqlOperation } from '../../templates/src/runtime/sql/sql-tool.js';
import type * as steps from '../../templates/src/runtime/steps/steps-tool.js';
import type * as expressions from '../../templates/src/runtime/steps/expression.js';

type Same<A, B> = [Exact<A>] extends [Exact<B>]
  ? [Exact<B>] extends [Exact<A>]
    ? true
    : false
  : false;

/** With every key required, and said to be optional where it is: a key that one side lacks is then a difference. */
type Exact<A> = A extends object
  ? { [Key in keyof A]-?: [Partial<Pick<A, Key>> extends Pick<A, Key> ? '?' : '', Exact<A[Key]>] }
  : A;

/** Omit that keeps alternatives apart. */
type Without<A, Key extends PropertyKey> = A extends unknown ? Omit<A, Key> : never;

it('the blueprint and the emitted runtime mean the same by an HTTP request', () => {
  // Checked by the compiler: a difference makes one of these `false`.
  const same: [
    Same<Omit<blueprint.HttpBinding, 'kind'>, runtime.HttpOperation>,
    Same<blueprint.HttpServer, runtime.HttpServer>,
    Same<blueprint.HttpSecurityScheme, runtime.HttpSecurityScheme>,
  ] = [true, true, true];
  expect(same).toEqual([true, true, true]);
});

it('the blueprint and the emitted runtime mean the same by a database and what tools do with it', () => {
  const same: [
    Same<database.SqlDatabase, sql.SqlDatabase>,
    Same<Without<database.SqlBinding, 'kind'>, SqlOperation>,
  ] = [true, true];
  expect(same).toEqual([true, true]);
  expect([...OPERATORS].sort()).toEqual([...SQL_OPERATORS].sort());
  expect(FUNCTIONS).toEqual(SQL_MEASURES);
});

it('the blueprint and the emitted runtime mean the same by folders, other servers, steps, resources and prompts', () => {
  const same: [
    Same<folders.FileFolders, FileFolders>,
    Same<Omit<folders.FilesBinding, 'kind'>, FileOperation>,
    Same<upstream.McpUpstream, McpUpstream>,
    Same<Omit<upstream.McpBinding, 'kind'>, McpOperation>,
    Same<StepsPlan, steps.StepsPlan>,
    Same<Omit<offers.Resource, 'origin'>, OwnResource>,
    Same<Omit<offers.Prompt, 'origin'>, OwnPrompt>,
    Same<Sessions, SessionFacts>,
    Same<(typeof COMPARISONS)[number], expressions.Comparison>,
    Same<(typeof PURE)[number], Extract<expressions.Expression, { of: unknown }>['call']>,
  ] = [true, true, true, true, true, true, true, true, true, true];
  expect(same).toEqual(Array(10).fill(true));
});

it('a key that one side lacks is a difference, be it optional', () => {
  const differ: [
    Same<{ a: string }, { a: string; b?: string }>,
    Same<{ a: { b?: 1 }[] }, { a: { b: 1 }[] }>,
    Same<{ a: 'x' | 'y' }, { a: 'x' }>,
  ] = [false, false, false];
  expect(differ).toEqual([false, false, false]);
});

it.each<[PinnedKind, string]>([
  ['tool', 'b5c2ef45'],
  ['resource', '02405466'],
  ['template', '2275345a'],
  ['prompt', 'a012dd31'],
])('the generator and the emitted server pin a %s alike', (kind, expected) => {
  const item = {
    name: 'n',
    title: 't',
    description: 'd',
    uri: 'a:b',
    uriTemplate: 'a:{b}',
    mimeType: 'text/plain',
    arguments: [{ name: 'x', required: true }],
    inputSchema: { type: 'object', properties: { b: {}, a: { enum: [1, null] } } },
    outputSchema: undefined,
    annotations: { readOnlyHint: true },
    icons: ['not pinned'],
  };
  expect(pinOf(kind, item).slice(0, 8)).toBe(expected);
  expect(pinAtRunTime(kind, item)).toBe(pinOf(kind, item));
  expect(pinAtRunTime(kind, { ...item, icons: [] })).toBe(pinOf(kind, item));
});
