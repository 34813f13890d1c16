import { defineDiagnostics } from '../define-diagnostics.js';

/** MCP84x: what of a database becomes part of a server, and what of its schema makes that worse. */
export const databaseDiagnostics = defineDiagnostics({
  MCP840: {
    severity: 'warning',
    message: (f: { table: string }) => `${f.table} has no key: its rows can only be listed`,
    fix: () => 'give it a primary key, or a unique key over columns that cannot be null',
    explain:
      'Without a key no row can be named: there are no cursors beyond the first page, no get, no update and no delete.',
  },
  MCP841: {
    severity: 'info',
    message: (f: { column: string; policy: string }) =>
      `${f.column} looks like a secret: it is ${f.policy}`,
    fix: (f) => `if it is none, write columns: { "${f.column}": shown } into the source`,
    explain:
      'Columns whose names are those of passwords, keys and tokens are shown as ••• unless mcp.yaml says otherwise, and ' +
      'cannot be used in filters, orders or figures.',
  },
  MCP842: {
    severity: 'info',
    message: (f: { table: string; columns: string; target: string }) =>
      `${f.table} (${f.columns}) refers to ${f.target} without an index`,
    fix: () => 'add an index: following the relation back reads the whole table',
    explain:
      'Rows that refer to another one are found by these columns; without an index that is slow.',
  },
  MCP843: {
    severity: 'warning',
    message: (f: { list: string; pattern: string }) =>
      `${f.list} "${f.pattern}" matches nothing in the database`,
    fix: (f: { list: string; pattern: string; suggestion?: string }) =>
      f.suggestion === undefined
        ? 'compare it with the tables that `inspect` prints'
        : `did you mean "${f.suggestion}"?`,
    explain:
      'Patterns are names of tables, schema.table, or table.column; * stands for any characters.',
  },
  MCP844: {
    severity: 'error',
    message: (f: { query: string; why: string }) => `the query ${f.query} cannot be used: ${f.why}`,
    fix: (f: { query: string; why: string; fix?: string }) =>
      f.fix ?? 'correct the statement; values stand in it as :name only',
    explain:
      'Queries of mcp.yaml are checked against the schema before anything is written: tables and columns that they name have ' +
      'to be there, and every parameter has to be used.',
  },
  MCP845: {
    severity: 'error',
    message: (f: { file: string; why: string }) => `${f.file} is no schema snapshot: ${f.why}`,
    fix: () => 'read the database again: regenerate --source <its address>',
    explain:
      'The schema of a live database is pinned as JSON below specs/, so that the project can be generated without it.',
  },
  MCP846: {
    severity: 'error',
    message: (f: { file: string; why: string }) =>
      `the dialect of ${f.file} cannot be told: ${f.why}`,
    fix: () => 'add --dialect postgres, mysql or sqlite, or dialect: in mcp.yaml',
    explain:
      'What only one dialect writes (AUTO_INCREMENT, serial, WITHOUT ROWID and others) tells it, then the name of the file or of ' +
      'its folder. Here there is neither, or as much for one as for another.',
  },
  MCP847: {
    severity: 'warning',
    message: (f: { table: string; access: string; why: string }) =>
      f.access === 'create'
        ? `no row of ${f.table} can be made in spite of its access: ${f.why}`
        : `${f.table} stays read-only in spite of access: ${f.access}: ${f.why}`,
    fix: () => 'nothing has to be done, or take the access away',
    explain:
      'Views cannot be written, without a key no single row can be changed or deleted, and none can be made without the ' +
      'values that it needs: of columns that are hidden, masked or read-only.',
  },
  MCP848: {
    severity: 'error',
    message: (f: { what: string }) => `${f.what}: nothing of the database is left`,
    fix: () => 'loosen include, exclude, schemas or columns of the source',
    explain:
      'After the selection no table with a visible column remains, so there is nothing to make tools of.',
  },
  MCP849: {
    severity: 'error',
    message: (f: { id: string; variable: string }) =>
      `the database of ${f.id} cannot be asked: ${f.variable} is not set`,
    fix: (f) => `set ${f.variable} to its address for this command`,
    explain:
      'check --refresh reads the schema of live databases again and compares it with the pinned one. Their addresses hold ' +
      'passwords, so they come from the environment alone.',
  },
  MCP850: {
    severity: 'warning',
    message: (f: { query: string }) =>
      `the query ${f.query} is checked only for its tables and the columns that are named with them`,
    fix: () => 'call the tool once with the real database',
    explain:
      'There is no MySQL to ask when a project is generated: tables, and columns written as table.column, are compared with ' +
      'the schema; other columns, functions and types are not.',
  },
  MCP851: {
    severity: 'error',
    message: (f: { pattern: string; suggestion?: string }) =>
      `columns names "${f.pattern}", but the database has no such column`,
    fix: (f: { pattern: string; suggestion?: string }) =>
      f.suggestion === undefined
        ? 'correct it, or take it out if the column is gone'
        : `did you mean "${f.suggestion}"?`,
    explain:
      'What a column shows is a decision about safety: a mistyped name would leave a column shown that was to be hidden or ' +
      'masked. Patterns with * may match nothing.',
  },
  MCP852: {
    severity: 'warning',
    message: (f: { view: string }) =>
      `${f.view} is a view, and other tables have columns that are hidden or masked: it may show them under other names`,
    fix: () => 'look at what it selects; exclude it, or mask its columns by name',
    explain:
      'The policy of a column holds for the column of that table, for columns of that name elsewhere, and for columns of views ' +
      'that show it as it is. What a view computes of it is not followed, nor what triggers and copies of tables take over.',
  },
  MCP853: {
    severity: 'info',
    message: (f: { column: string; source: string; policy: string; isKnown: boolean }) =>
      f.isKnown
        ? `${f.column} is made of ${f.source}, which is ${f.policy}: it is ${f.policy} as well`
        : `${f.column} may be made of ${f.source}, which is ${f.policy}, by an expression that is not known: it is ${f.policy} as well`,
    fix: (f) =>
      `if it tells nothing that has to stay closed, write columns: { "${f.column}": shown } into the source`,
    explain:
      'A generated column, or one whose default is an expression over other columns, would give away what is hidden or masked. ' +
      'The same holds for what is made of it in turn. mcp.yaml may show it by its full name; patterns do not.',
  },
  MCP854: {
    severity: 'warning',
    message: (f: { query: string; columns: readonly string[] }) =>
      `the query ${f.query} reads ${f.columns.join(', ')}, masked elsewhere: it gives what the database has`,
    fix: (f) =>
      `take it out of the statement, or write columns: { "${f.columns[0]}": shown } into the source if anybody may see it`,
    explain:
      'Masks hold for the tools that are made of tables and for the free query. A statement of yours runs as it stands; the ' +
      'account of grants/ may not read masked columns, so that with it such a statement is refused by the database.',
  },
});
