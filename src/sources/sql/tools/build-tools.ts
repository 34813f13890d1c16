import type { SqlBinding, SqlDatabase, SqlTable } from '../../../blueprint/database.js';
import { estimateTokens } from '../../../blueprint/surface.js';
import { uniqueNames } from '../../../blueprint/tool-names.js';
import type { JsonSchema } from '../../../blueprint/types.js';
import type { Origin } from '../../../diagnostics/diagnostic.js';
import type { SqlEntry } from '../../manifest/sql-source.js';
import type { DraftTool } from '../../reading.js';
import type { Exposure } from '../expose/expose.js';
import type { Examples } from '../sample/examples.js';
import { chooseProfile, type Profile, type ProfileChoice } from './profile.js';
import { RESULTS, rowSchema, rowTypeNames, writeSchemas } from './row-schemas.js';
import { actionTool, type Action, type ActionTool } from './table-tools.js';

type ProfileCost = { tools: number; tokens: number };

export type BuiltTools = {
  profile: Profile;
  tools: DraftTool[];
  /** For people who choose another one. */
  costs: Record<Profile, ProfileCost>;
  /** Types of the rows by name. */
  schemas: Record<string, JsonSchema>;
};

export type BuildOptions = {
  exposure: Exposure;
  entry: SqlEntry;
  origin: Origin;
  examples: Examples;
};

/** Names of the tools for any table. */
const GENERIC: Record<Action, string> = {
  list: 'list_rows',
  get: 'get_row',
  related: 'related_rows',
  aggregate: 'aggregate_rows',
  search: 'search_rows',
  create: 'create_row',
  update: 'update_row',
  delete: 'delete_row',
  describe: 'describe_tables',
  find: 'find_tables',
};

const GROUP_OF_ALL = 'tables';

/** The tools of a database in the profile that fits, what each profile would cost, and the types of its rows. */
export function buildTools(options: BuildOptions): BuiltTools {
  const { exposure, entry } = options;
  const { database } = exposure;
  // Profiles may come to the same tools, and are looked at more than once.
  const drafts = new Map<string, Drafted>();
  const make = (choice: ProfileChoice): Drafted => {
    const key = JSON.stringify([choice.typed, choice.generic]);
    const made = drafts.get(key) ?? drafted(choice, options);
    drafts.set(key, made);
    return made;
  };
  const choice = chooseProfile(database, entry, (candidate) => make(candidate).cost);
  const costOf = (profile: Profile) =>
    make(chooseProfile(database, { ...entry, profile }, () => ({ tools: 0, tokens: 0 }))).cost;
  const names = rowTypeNames(database);
  return {
    profile: choice.profile,
    tools: make(choice).tools,
    costs: { typed: costOf('typed'), hybrid: costOf('hybrid'), generic: costOf('generic') },
    schemas: Object.fromEntries(
      Object.entries(database.tables).map(([name, table]) => [
        names.get(name)!,
        rowSchema(table, database.dialect),
      ]),
    ),
  };
}

type Drafted = { tools: DraftTool[]; cost: ProfileCost };

function drafted(choice: ProfileChoice, options: BuildOptions): Drafted {
  const tools = draftTools(choice, options);
  return { tools, cost: { tools: tools.length, tokens: tokensOf(tools) } };
}

function tokensOf(tools: readonly DraftTool[]): number {
  const listed = tools.map(({ name, title, description, annotations, argumentsType }) => ({
    ...{ name, title, description, annotations },
    inputSchema: argumentsType,
  }));
  return estimateTokens(JSON.stringify(listed));
}

function draftTools(choice: ProfileChoice, options: BuildOptions): DraftTool[] {
  const { database } = options.exposure;
  const all = Object.keys(database.tables);
  const actions: ActionTool[] = [
    ...choice.typed.flatMap((name) => typedTools(name, options)),
    ...genericActions(choice, database).map((action) =>
      actionTool(action, { database, names: namesFor(action, choice, database) }),
    ),
    ...always(choice, database).map((action) => actionTool(action, { database, names: all })),
  ];
  const types = rowTypeNames(database);
  const named = actions.map(({ action, table }) => ({
    id: table === undefined ? GENERIC[action] : `${action}_${table}`,
    method: action,
    path: table ?? 'rows',
  }));
  const names = uniqueNames(named, options.entry.prefix);
  return actions.map((tool, index) => draft(names[index]!, tool, options, types));
}

function typedTools(name: string, { exposure }: BuildOptions): ActionTool[] {
  const { database, models } = exposure;
  const facts = database.tables[name]!;
  const values = writeSchemas(facts, models.get(name)!, database.dialect);
  const actions: Action[] = [
    'list',
    ...(facts.key === undefined ? [] : (['get'] as const)),
    ...(facts.writes ?? []),
  ];
  return actions.map((action) =>
    actionTool(action, { database, table: { name, facts }, names: [], values }),
  );
}

/** What serves the tables without tools of their own. */
function genericActions({ generic }: ProfileChoice, database: SqlDatabase): Action[] {
  if (generic.length === 0) return [];
  const facts = generic.map((name) => database.tables[name]!);
  const writes = (['create', 'update', 'delete'] as const).filter((kind) =>
    facts.some((table) => table.writes?.includes(kind)),
  );
  const hasKeys = facts.some(({ key }) => key !== undefined);
  return ['list', ...(hasKeys ? (['get'] as const) : []), ...writes];
}

/** What serves all tables in every profile. */
function always({ generic }: ProfileChoice, { tables }: SqlDatabase): Action[] {
  const facts = Object.values(tables);
  const hasRelations = facts.some(
    ({ relations, key }) => key !== undefined && Object.keys(relations ?? {}).length > 0,
  );
  return [
    ...(hasRelations ? (['related'] as const) : []),
    'aggregate',
    ...(facts.some(hasText) ? (['search'] as const) : []),
    'describe',
    // Where every table stands in the list of tools there is nothing to find.
    ...(generic.length > 0 ? (['find'] as const) : []),
  ];
}

function hasText({ columns }: SqlTable): boolean {
  return Object.values(columns).some(({ kind, masked }) => kind === 'text' && !masked);
}

function namesFor(action: Action, { generic }: ProfileChoice, { tables }: SqlDatabase): string[] {
  return generic.filter((name) => {
    const { key, writes } = tables[name]!;
    if (action === 'get') return key !== undefined;
    if (action === 'create' || action === 'update' || action === 'delete') {
      return writes?.includes(action) ?? false;
    }
    return true;
  });
}

function draft(
  name: string,
  tool: ActionTool,
  { exposure, origin, examples }: BuildOptions,
  types: ReadonlyMap<string, string>,
): DraftTool {
  const { database, models } = exposure;
  const { action, table, title, description, annotations } = tool;
  const row = table === undefined ? { type: 'object' } : { $ref: `#/$defs/${types.get(table)!}` };
  const resultType = resultOf(action, row);
  const binding: SqlBinding = {
    kind: 'sql',
    source: database.id,
    action,
    ...(table !== undefined && { table }),
  };
  const example = examples.of(action, table, tool.arguments);
  return {
    name,
    title,
    description,
    annotations,
    group: table ?? GROUP_OF_ALL,
    argumentsType: tool.arguments,
    ...(resultType && { resultType }),
    binding,
    ...(example && { example }),
    origin: (table === undefined ? undefined : models.get(table)?.origin) ?? origin,
  };
}

function resultOf(action: Action, row: JsonSchema): JsonSchema | undefined {
  switch (action) {
    case 'list':
    case 'search':
      return RESULTS.page(row);
    case 'related':
      return RESULTS.page({ type: 'object' });
    case 'aggregate':
      return RESULTS.figures();
    case 'get':
    case 'create':
    case 'update':
    case 'delete':
      return RESULTS.one(row);
    default:
      return undefined;
  }
}
