import type { SqlBinding, SqlDatabase, SqlSample } from '../../../blueprint/database.js';
import { toolName } from '../../../blueprint/tool-names.js';
import type { JsonSchema, ToolAnnotations } from '../../../blueprint/types.js';
import { diagnostic } from '../../../diagnostics/catalog.js';
import { InputError, type Diagnostic, type Origin } from '../../../diagnostics/diagnostic.js';
import type { SqlEntry } from '../../manifest/sql-source.js';
import type { FunctionModel } from '../model.js';
import type { DraftTool } from '../../reading.js';
import { objectOf } from '../tools/argument-schemas.js';
import { checkQueries } from './check-queries.js';
import type { CheckedQuery, QueryProblem, ValueKind } from './checked-query.js';
import { exampleCall } from './example-arguments.js';
import { withNames } from './names-fix.js';
import { maskedNames } from './masked-names.js';
import { guessKinds, kindOfSchema, parameterSchema } from './parameter-schemas.js';
import { readPlaceholders, type Placeholders } from './placeholders.js';
import { resultSchema } from './result-schema.js';
import { statementKind } from './statement-kind.js';
import { writtenTables, type WrittenTable } from './written-tables.js';

type HandWritten = NonNullable<SqlEntry['queries']>[string];

export type QueryToolOptions = {
  database: SqlDatabase;
  entry: Pick<SqlEntry, 'queries' | 'prefix'>;
  /** The embedded database on which statements are tried. */
  sample: SqlSample | undefined;
  /** Of the schema: statements of a person may call them. */
  functions: readonly FunctionModel[];
  /** Names of the other tools of the source. */
  taken: readonly string[];
  /** File of the manifest. */
  file: string;
};

type Query = {
  key: string;
  name: string;
  given: HandWritten;
  placeholders: Placeholders;
  isRead: boolean;
  origin: Origin;
};

/**
 * The tools of the statements that a person wrote into mcp.yaml, checked against what callers see of the schema. Throws an
 * InputError with one MCP844 for each that cannot be used. `changes` are the tables that they write to.
 */
export async function queryTools(
  options: QueryToolOptions,
): Promise<{ tools: DraftTool[]; findings: Diagnostic[]; changes: WrittenTable[] }> {
  const { database, entry, sample } = options;
  const all = Object.entries(entry.queries ?? {});
  if (all.length === 0) return { tools: [], findings: [], changes: [] };
  const problems: Diagnostic[] = [];
  const queries: Query[] = [];
  const taken = new Map(options.taken.map((name) => [name.toLowerCase(), name]));
  for (const [key, given] of all) {
    const origin = originOf(options, key);
    const read = await readQuery(key, given, options);
    const clash = taken.get(read.name.toLowerCase());
    taken.set(read.name.toLowerCase(), read.name);
    const found = 'problem' in read ? read : clash === undefined ? undefined : clashOf(clash);
    if (found) problems.push(problemOf(key, found, origin));
    else if (!('problem' in read)) queries.push({ ...read, origin });
  }
  const texts = queries.map(({ placeholders }) => placeholders.text);
  const checks = await checkQueries(texts, database, sample, options.functions);
  const findings: Diagnostic[] = [];
  const tools = queries.flatMap((query, index): DraftTool[] => {
    const check = checks[index]!;
    const { key, origin } = query;
    if ('problem' in check) {
      const { text } = query.placeholders;
      problems.push(problemOf(key, located(withNames(check, text, database), text), origin));
      return [];
    }
    if (check.isPartial) findings.push(diagnostic('MCP850', { query: key }, { origin }));
    const masked = maskedNames(query.placeholders.text, database);
    if (masked.length > 0) {
      findings.push(diagnostic('MCP854', { query: key, columns: masked }, { origin }));
    }
    return [toolOf(query, check, database)];
  });
  if (problems.length > 0) throw new InputError(problems);
  const changing = queries.filter(({ isRead }) => !isRead);
  const changes = await Promise.all(
    changing.map(({ placeholders }) => writtenTables(placeholders.text, database.dialect)),
  );
  return { tools, findings, changes: changes.flat() };
}

async function readQuery(
  key: string,
  given: HandWritten,
  { database, entry }: QueryToolOptions,
): Promise<Omit<Query, 'origin'> | (QueryProblem & { name: string })> {
  const name = toolName({ id: key, method: 'sql', path: '' }, entry.prefix);
  const placeholders = readPlaceholders(given.sql, database.dialect);
  const [foreign] = placeholders.foreign;
  if (foreign !== undefined) {
    return {
      name,
      problem: `${foreign} stands in it without a name`,
      fix: 'write :name in its place; each name becomes an argument of the tool',
    };
  }
  const unused = Object.keys(given.parameters ?? {}).find(
    (parameter) => !placeholders.order.includes(parameter),
  );
  if (unused !== undefined) {
    const fix = `write :${unused} where the value belongs, or take it out of parameters`;
    return { name, problem: `the parameter ${unused} is not used`, fix };
  }
  const kind = await statementKind(placeholders.text, database.dialect);
  if ('problem' in kind) return { name, ...kind };
  const isRead = kind.kind === 'read';
  if (kind.kind === 'lock' && given.writes !== true) {
    const fix = 'leave the lock (FOR UPDATE and the like) out, or add writes: true to it';
    return { name, problem: 'it locks rows, as only what writes may', fix };
  }
  if (!isRead && given.writes !== true) {
    return { name, problem: 'it changes data', fix: 'add writes: true to it if it may' };
  }
  return { key, name, given, placeholders, isRead: isRead && given.writes !== true };
}

/** A schema of mcp.yaml wins, but of an enum the database takes its values and no other text. */
function withValues(
  schema: JsonSchema | undefined,
  type: ValueKind | undefined,
): JsonSchema | undefined {
  const isPlain = schema?.['type'] === 'string' && !('enum' in schema) && !('const' in schema);
  return isPlain && type?.values ? { ...schema, enum: type.values } : schema;
}

function toolOf(
  { name, given, placeholders, isRead, origin }: Query,
  check: CheckedQuery,
  database: SqlDatabase,
): DraftTool {
  const { order, text } = placeholders;
  const guessed = guessKinds(given.sql, placeholders, database);
  const types = new Map(
    order.map((parameter, index) => [parameter, check.parameters[index] ?? guessed.get(parameter)]),
  );
  const schemas = new Map(
    [...types].map(([parameter, type]): [string, JsonSchema] => [
      parameter,
      withValues(given.parameters?.[parameter], type) ?? parameterSchema(type),
    ]),
  );
  const kinds = new Map(
    [...types].map(([parameter, type]) => [
      parameter,
      type?.kind ?? kindOfSchema(schemas.get(parameter)!),
    ]),
  );
  const required = [...schemas].filter(([, schema]) => !takesNull(schema)).map(([one]) => one);
  const argumentsType = objectOf(Object.fromEntries(schemas), required);
  const single = given.single === true;
  const binding: SqlBinding = {
    kind: 'sql',
    source: database.id,
    action: 'statement',
    text: text.trim().replace(/(?:\s*;)+$/, ''),
    parameters: order.map((argument) => ({ argument, kind: kinds.get(argument)! })),
    ...(!isRead && { writes: true as const }),
    ...(single && { single: true as const }),
  };
  const example = check.runsOnSample ? exampleCall(argumentsType, kinds) : undefined;
  return {
    name,
    title: given.title ?? name,
    description: given.description,
    annotations: isRead ? READ : WRITE,
    group: 'queries',
    argumentsType,
    resultType: resultSchema(check.columns, { single, isRead }),
    binding,
    ...(example && { example }),
    origin,
  };
}

const READ: ToolAnnotations = { readOnlyHint: true, openWorldHint: false };
const WRITE: ToolAnnotations = { readOnlyHint: false, destructiveHint: true, openWorldHint: false };

function takesNull({ type }: JsonSchema): boolean {
  return type === 'null' || (Array.isArray(type) && type.includes('null'));
}

function originOf({ database, file }: QueryToolOptions, key: string): Origin {
  return { file, path: ['sources', database.id, 'queries', key, 'sql'] };
}

function problemOf(query: string, { problem, fix }: QueryProblem, origin: Origin): Diagnostic {
  return diagnostic(
    'MCP844',
    { query, why: problem, ...(fix !== undefined && { fix }) },
    { origin },
  );
}

function clashOf(other: string): QueryProblem {
  return {
    problem: `there is a tool ${other} already`,
    fix: 'give the query another name, or a prefix to the source',
  };
}

/** The words at the place that the database points to. */
function located(problem: QueryProblem, text: string): QueryProblem {
  const { offset } = problem;
  if (offset === undefined || offset < 0 || offset >= text.length) return problem;
  const words = text.slice(offset).split(/\s+/).slice(0, 3).join(' ');
  return { ...problem, problem: `${problem.problem} (at "${words.slice(0, 60)}")` };
}
