import type { DatabaseModel } from '../model.js';
import { catalogueModel } from './catalogue-model.js';
import type { CatalogueOptions } from './catalogue-model.js';
import {
  columnsQuery,
  constraintsQuery,
  defaultSchemaQuery,
  functionsQuery,
  indexesQuery,
  relationsQuery,
  searchPathQuery,
  typesQuery,
} from './catalogue-queries.js';
import { NAMES_QUERY, RULES_QUERY, shownByRules, withShown } from './view-columns.js';
import type { NamesRow, RuleRow } from './view-columns.js';

/** The only thing that is asked of a database: one statement, its rows with JSON already read. */
export type Catalogue = { query(text: string): Promise<Record<string, unknown>[]> };

export type IntrospectOptions = CatalogueOptions & {
  /** Objects up to this identifier are not the user's; 0 where all are. */
  after?: number;
};

/**
 * Reads the catalogue of a PostgreSQL of version 12 or later: everything but system schemas and members of extensions. Sets the
 * search path to the default schema: expressions and types are printed by it, the same for a script and a live database.
 */
export async function introspect(
  catalogue: Catalogue,
  options: IntrospectOptions,
): Promise<DatabaseModel> {
  const { after = 0 } = options;
  const rows = async <Row>(sql: string): Promise<Row[]> => (await catalogue.query(sql)) as Row[];
  const [schema] = await rows<{ name: string }>(defaultSchemaQuery(after));
  const defaultSchema = schema?.name ?? 'public';
  await catalogue.query(searchPathQuery(defaultSchema));
  const model = catalogueModel(
    {
      relations: await rows(relationsQuery(after)),
      columns: await rows(columnsQuery(after)),
      constraints: await rows(constraintsQuery(after)),
      indexes: await rows(indexesQuery(after)),
      types: await rows(typesQuery(after)),
      functions: await rows(functionsQuery(after)),
      defaultSchema,
    },
    options,
  );
  const rules = await rows<RuleRow>(RULES_QUERY);
  const shown = shownByRules(rules, await rows<NamesRow>(NAMES_QUERY));
  return { ...model, tables: withShown(model.tables, shown) };
}
