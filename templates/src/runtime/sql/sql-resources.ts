import { UriTemplate } from '@modelcontextprotocol/server';
import type { ResourceProvider } from '../resources.js';
import type { ServerTool } from '../tool.js';
import type { SqlDatabase } from './database.js';
import {
  completeColumn,
  completeTable,
  enumValues,
  schemaOverview,
  tableSchema,
  withValues,
} from './resources.js';
import { hasStatement } from './sql-tool.js';

/** What databases consist of, to be read without a call: tables in a line each, a table as data, the values of an enum. */
export function sqlResources(databases: Readonly<Record<string, SqlDatabase>>): ResourceProvider {
  const entries = Object.values(databases).map((database) => ({
    database,
    overview: `${baseOf(database)}/schema`,
    table: new UriTemplate(`${baseOf(database)}/tables/{table}`),
    values: new UriTemplate(`${baseOf(database)}/tables/{table}/columns/{column}/values`),
  }));
  const isOf = (id: string, actions?: readonly string[]) => (tool: ServerTool) =>
    hasStatement(tool) &&
    tool.sql.source === id &&
    (actions?.includes(tool.sql.action) ?? tool.annotations?.readOnlyHint === true);
  return {
    needs: (asked) => {
      const found = entries.find(({ database, table, values }) =>
        'uri' in asked
          ? asked.uri.startsWith(`${baseOf(database)}/`)
          : [table.toString(), values.toString()].includes(asked.template),
      );
      if (found === undefined) return undefined;
      const { id } = found.database;
      return { source: id, like: [isOf(id, ['describe', 'find']), isOf(id)] };
    },
    resources: entries.map(({ database, overview }) => ({
      uri: overview,
      name: `${database.id}-schema`,
      title: `Tables of ${database.id}`,
      mimeType: 'text/plain',
    })),
    templates: entries.flatMap(({ database, table, values }) => [
      {
        uriTemplate: table.toString(),
        name: `${database.id}-table`,
        title: `A table of ${database.id}`,
        mimeType: 'application/json',
      },
      ...(Object.keys(withValues(database).tables).length > 0
        ? [
            {
              uriTemplate: values.toString(),
              name: `${database.id}-values`,
              title: `Values of an enum column of ${database.id}`,
              mimeType: 'application/json',
            },
          ]
        : []),
    ]),
    read: (uri) => {
      for (const { database, overview, table, values } of entries) {
        if (uri === overview) return [text(uri, schemaOverview(database))];
        const one = matched(values, uri);
        if (one) {
          const found = enumValues(database, one('table'), one('column'));
          if (found) return [json(uri, found)];
        }
        const named = matched(table, uri);
        const schema = named && tableSchema(database, named('table'));
        if (schema) return [json(uri, schema)];
      }
      return undefined;
    },
    complete: (template, { name, value, others }) => {
      for (const { database, table, values } of entries) {
        const isOfValues = template === values.toString();
        if (template !== table.toString() && !isOfValues) continue;
        const among = isOfValues ? withValues(database) : database;
        if (name === 'table') return completeTable(among, value);
        return name === 'column' ? completeColumn(among, others['table'] ?? '', value) : [];
      }
      return undefined;
    },
  };
}

function baseOf({ id }: SqlDatabase): string {
  return `db://${encodeURIComponent(id)}`;
}

/** The variables of a template in a URI, decoded; undefined where it does not fit. */
function matched(template: UriTemplate, uri: string): ((name: string) => string) | undefined {
  const variables = template.match(uri);
  if (variables === null) return undefined;
  return (name) => {
    try {
      return decodeURIComponent(String(variables[name] ?? ''));
    } catch {
      return '';
    }
  };
}

function text(uri: string, content: string) {
  return { uri, mimeType: 'text/plain', text: content };
}

function json(uri: string, value: unknown) {
  return { uri, mimeType: 'application/json', text: JSON.stringify(value) };
}
