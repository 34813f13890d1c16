import type { SqlBinding, SqlDatabase, SqlTable } from '../../../blueprint/database.js';
import type { JsonSchema, ToolAnnotations } from '../../../blueprint/types.js';
import {
  cursorArgument,
  fieldsArgument,
  figureOrderArgument,
  groupArgument,
  includeArgument,
  keyArgument,
  limitArgument,
  listOf,
  measuresArgument,
  objectOf,
  orderArgument,
  tableArgument,
  textOf,
  whereArgument,
} from './argument-schemas.js';

export type Action = Exclude<SqlBinding['action'], 'query' | 'explain' | 'statement'>;

/** What a tool of one action is, for one table or for those that the caller names. */
export type ActionTool = {
  action: Action;
  table?: string;
  title: string;
  description: string;
  annotations: ToolAnnotations;
  arguments: JsonSchema;
};

export type ActionOptions = {
  database: SqlDatabase;
  /** The one table; left out for all. */
  table?: { name: string; facts: SqlTable };
  /** Tables that the caller may name. */
  names: readonly string[];
  /** What of a row may be given, where the table is known. */
  values?: { create: JsonSchema; update: JsonSchema };
};

const READ: ToolAnnotations = { readOnlyHint: true, openWorldHint: false };

const ANNOTATIONS: Record<Action, ToolAnnotations> = {
  list: READ,
  get: READ,
  related: READ,
  aggregate: READ,
  search: READ,
  describe: READ,
  find: READ,
  create: { readOnlyHint: false, destructiveHint: false, openWorldHint: false },
  update: {
    readOnlyHint: false,
    destructiveHint: true,
    idempotentHint: true,
    openWorldHint: false,
  },
  delete: {
    readOnlyHint: false,
    destructiveHint: true,
    idempotentHint: true,
    openWorldHint: false,
  },
};

/** The tool for an action. */
export function actionTool(action: Action, options: ActionOptions): ActionTool {
  const { table, names } = options;
  const { title, description } = wordsOf(action, options);
  const { properties, required } = argumentsOf(action, options);
  const ofAny = table === undefined && action !== 'describe' && action !== 'find';
  return {
    action,
    ...(table && { table: table.name }),
    title,
    description,
    annotations: ANNOTATIONS[action],
    arguments: objectOf({ ...(ofAny && { table: tableArgument(names) }), ...properties }, [
      ...(ofAny ? ['table'] : []),
      ...required,
    ]),
  };
}

type Arguments = { properties: Record<string, JsonSchema>; required: string[] };

function argumentsOf(action: Action, options: ActionOptions): Arguments {
  const { database, table, names, values } = options;
  const facts = table?.facts;
  const include = includeArgument(facts);
  const limit = limitArgument(database);
  const fields = fieldsArgument(facts);
  const hasKey = facts === undefined || facts.key !== undefined;
  const page = { limit, ...(hasKey && { cursor: cursorArgument }) };
  const rows = { where: whereArgument(facts), fields, ...(include && { include }) };
  switch (action) {
    case 'list':
      return { properties: { ...rows, order: orderArgument(facts), ...page }, required: [] };
    case 'get':
      return {
        properties: { key: keyArgument(facts), fields, ...(include && { include }) },
        required: ['key'],
      };
    case 'related':
      return {
        properties: {
          key: keyArgument(facts),
          relation: textOf('Relation of the table; describe_tables lists them'),
          where: whereArgument(),
          fields: fieldsArgument(),
          order: orderArgument(),
          limit,
          cursor: cursorArgument,
        },
        required: ['key', 'relation'],
      };
    case 'aggregate':
      return {
        properties: {
          measures: measuresArgument(facts),
          group_by: groupArgument(facts),
          where: whereArgument(facts),
          order: figureOrderArgument,
          limit,
        },
        required: ['measures'],
      };
    case 'search':
      return {
        properties: {
          text: { ...textOf('Words that all occur in text columns of a row'), minLength: 1 },
          columns: listOf(textOf(), 'Columns to look in; all of text unless given'),
          where: whereArgument(facts),
          fields,
          ...page,
        },
        required: ['text'],
      };
    case 'create':
      return { properties: { values: values?.create ?? anyValues() }, required: ['values'] };
    case 'update':
      return {
        properties: { key: keyArgument(facts), values: values?.update ?? anyValues() },
        required: ['key', 'values'],
      };
    case 'delete':
      return { properties: { key: keyArgument(facts) }, required: ['key'] };
    case 'describe':
      return {
        properties: {
          tables: {
            ...listOf(tableArgument(names), 'Tables to describe'),
            minItems: 1,
            maxItems: 20,
          },
        },
        required: ['tables'],
      };
    case 'find':
      return {
        properties: { text: { ...textOf('Words in names or descriptions'), minLength: 1 } },
        required: ['text'],
      };
  }
}

function anyValues(): JsonSchema {
  return { type: 'object', description: 'Values by column; describe_tables lists the columns' };
}

function wordsOf(
  action: Action,
  { table, database }: ActionOptions,
): { title: string; description: string } {
  const one = table?.name ?? 'a table';
  const about =
    table?.facts.description === undefined ? '' : ` ${sentence(table.facts.description)}`;
  const keyless = table !== undefined && table.facts.key === undefined;
  switch (action) {
    case 'list':
      return {
        title: `List ${one}`,
        description:
          `Rows of ${one}, filtered and sorted.${about}` +
          (keyless ? '' : ' next_cursor leads to the next page while truncated is true.'),
      };
    case 'get':
      return {
        title: `Get a row of ${one}`,
        description: `One row of ${one} by its key.${about}`,
      };
    case 'related':
      return {
        title: `Related rows of ${one}`,
        description: `Rows that a relation leads to from one row of ${one}, e.g. the orders of a customer.`,
      };
    case 'aggregate':
      return {
        title: `Figures of ${one}`,
        description: `Counts, sums, averages and extremes of ${one}, in all or by group.`,
      };
    case 'search':
      return { title: `Search ${one}`, description: `Rows of ${one} in whose texts words occur.` };
    case 'create':
      return {
        title: `Create a row of ${one}`,
        description: `Adds one row to ${one} and returns it.${about}`,
      };
    case 'update':
      return {
        title: `Update a row of ${one}`,
        description: `Changes the given columns of one row of ${one} and returns it.`,
      };
    case 'delete':
      return {
        title: `Delete a row of ${one}`,
        description: `Deletes one row of ${one} and returns what it was.`,
      };
    case 'describe':
      return {
        title: 'Describe tables',
        description: `Columns with types and values, keys and relations of tables of ${database.id}.`,
      };
    case 'find':
      return {
        title: 'Find tables',
        description: `Tables and columns of ${database.id} by words in their names and descriptions.`,
      };
  }
}

function sentence(text: string): string {
  const line = text.split('\n')[0]!.trim();
  return /[.!?…]$/.test(line) ? line : `${line}.`;
}
