import { defineDiagnostics } from '../define-diagnostics.js';

/** MCP8xx: SQL schemas, files or live databases. */
export const sqlDiagnostics = defineDiagnostics({
  MCP801: {
    severity: 'warning',
    message: (f: { statement: string; reason: string }) =>
      `${f.statement} could not be used: ${f.reason}`,
    fix: () =>
      'mend the statement or put what it needs before it; everything else of the schema is read',
    explain:
      'One statement of the schema failed, also after the others were there. It is left out, and whatever needs it; the rest ' +
      'of the schema is read as if it were not there.',
  },
  MCP802: {
    severity: 'error',
    message: (f: { source: string }) => `${f.source} holds no table and no view`,
    fix: () => 'name a schema with CREATE TABLE statements, or a database that the user may read',
    explain: 'Tools are made from tables and views. Without any there is nothing to make.',
  },
  MCP803: {
    severity: 'error',
    message: (f: { address: string; reason: string }) =>
      `${f.address} cannot be reached: ${f.reason}`,
    fix: () => 'check host and port of the address, and that the server runs and listens there',
    explain:
      'No connection to the database server could be made. The address is shown without user and password.',
  },
  MCP804: {
    severity: 'error',
    message: (f: { address: string; user: string; reason: string }) =>
      `${f.address} does not let ${f.user} in: ${f.reason}`,
    fix: (f: { address: string; user: string; reason: string; variable?: string }) =>
      f.variable === undefined
        ? 'check user, password and name of the database in the address; characters such as @ and / in them are percent-encoded there'
        : `set ${f.variable} for this command, or write it into the address as user:password@host; it is kept nowhere`,
    explain:
      'The server refused the user, or refused it this database, which may not exist. What it said is shown, the password ' +
      'never is.',
  },
  MCP805: {
    severity: 'error',
    message: (f: { address: string; database: string }) =>
      `there is no database ${f.database} at ${f.address}`,
    fix: () => 'check the name of the database in the address, or of the file',
    explain: 'Databases and files are never created: the one that is named has to be there.',
  },
  MCP806: {
    severity: 'error',
    message: (f: { address: string; reason: string }) =>
      `the schema of ${f.address} could not be read: ${f.reason}`,
    fix: () => 'check that the user may read the catalogue of the database, and try again',
    explain:
      'The connection was made, but reading the catalogue failed or took longer than its time limit. Nothing was changed: ' +
      'everything is read in one read-only transaction.',
  },
  MCP807: {
    severity: 'error',
    message: (f: { address: string; why: string }) =>
      `${f.address} is no address of a database: ${f.why}`,
    fix: () =>
      'write it like postgres://user:password@host:5432/database, mysql://user:password@host:3306/database or sqlite:./file',
    explain: 'The address of a live database could not be understood.',
  },
  MCP821: {
    severity: 'info',
    message: (f: { placeholder: string }) =>
      `${f.placeholder} stands for a prefix that an installer fills in: names are read without it`,
    fix: () => 'replace it by the prefix that the database really has, if it has one',
    explain:
      'Scripts of installers mark where a prefix of table names goes, e.g. {PREFIX}users or #__users. The tools ask for tables ' +
      'by name, so the names have to be those of the database.',
  },
  MCP822: {
    severity: 'error',
    message: (f: { folder: string }) => `${f.folder} holds no SQL file`,
    fix: () =>
      'name a folder with .sql files, or one file: a schema or an OpenAPI document; migrations in another language have to be ' +
      'written as SQL first, as `alembic upgrade head --sql`, `manage.py sqlmigrate` or a dump of the schema do',
    explain:
      'A folder is read as migrations: all .sql files in it and below, in the order of their names with numbers counted as ' +
      'numbers. Files that undo a migration (down.sql, x.down.sql, U1__x.sql) are left out.',
  },
  MCP823: {
    severity: 'error',
    message: (f: { file: string }) => `${f.file} is no SQLite database`,
    fix: () => 'name a database file, or a .sql file with its schema',
    explain:
      'An SQLite database begins with "SQLite format 3". Files without it are something else, or encrypted: those cannot be ' +
      'opened here.',
  },
  MCP824: {
    severity: 'error',
    message: (f: { reason: string }) => `SQLite could not run the schema: ${f.reason}`,
    fix: () => 'leave out the statements that take long, or give the database file itself',
    explain:
      'An SQLite schema is read by running its statements in memory. Single statements that fail or take too long are left ' +
      'out; here the engine itself gave up, or too many of them took too long.',
  },
  MCP808: {
    severity: 'error',
    message: (f: { seconds: number }) => `reading the schema took longer than ${f.seconds} s`,
    fix: () =>
      'give a dump of the schema only (pg_dump --schema-only), or the address of the database',
    explain:
      'A schema is read by running it in an engine in memory. A time limit ends what would go on for ever; a statement that ' +
      'takes too long alone is left out and told.',
  },
  MCP809: {
    severity: 'info',
    message: (f: { name: string }) => `the extension ${f.name} is not there`,
    fix: () => 'nothing, unless columns of its types matter: then give the address of the database',
    explain:
      'The schema uses an extension that does not come with the engine in memory. Columns of its types are shown as the ' +
      'database prints them; its functions are missing, and views and indexes that need them are left out.',
  },
  MCP810: {
    severity: 'warning',
    message: (f: { command: string }) => `${f.command} was not followed`,
    fix: () => 'give all files in one folder, or one file that holds everything',
    explain: 'A script names another file. Only the files that were given are read.',
  },
  MCP811: {
    severity: 'info',
    message: (f: { statement: string; reason: string }) =>
      `${f.statement} was left out: ${f.reason}`,
    fix: () => 'nothing, unless it matters to you: mend the statement then',
    explain:
      'One statement of the schema failed that changes nothing of tables, columns and keys: an index, a function, ' +
      'a call. It is left out.',
  },
  MCP812: {
    severity: 'error',
    message: (f: { reason: string }) =>
      `the engine that reads schemas could not go on: ${f.reason}`,
    fix: () =>
      'give a dump of the schema only (pg_dump --schema-only), or the address of the database',
    explain:
      'A schema is read by running it in an engine in memory. What one statement breaks is mended by starting anew without ' +
      'it; here that did not help.',
  },
  MCP813: {
    severity: 'warning',
    message: (f: { statement: string; table: string }) =>
      `${f.statement} refers to ${f.table}, which is not there: it is read without that reference`,
    fix: () => 'give the script that makes it too, if there is one',
    explain:
      'A foreign key points to a table that no statement makes. The table is read, the relation is left out.',
  },
  MCP814: {
    severity: 'warning',
    message: (f: { statement: string; reason: string }) =>
      `${f.statement} was not read by the fast reader: ${f.reason}`,
    fix: () => 'read the schema exactly: leave out `reader: fast` in mcp.yaml, or --reader fast',
    explain:
      'The fast reader only parses a PostgreSQL schema. What code makes as it runs (DO blocks, functions that are called), it ' +
      'does not see. The exact reader runs the schema in an engine in memory.',
  },
  MCP815: {
    severity: 'info',
    message: (f: { view: string; columns: string[] }) =>
      `${f.view} is read without ${f.columns.join(', ')}: the fast reader cannot tell their types`,
    fix: () => 'read the schema exactly: leave out `reader: fast` in mcp.yaml, or --reader fast',
    explain:
      'The type of a column of a view follows from its query. The fast reader knows columns, casts and the usual functions; ' +
      'columns of other expressions are left out. The exact reader knows them all.',
  },
  MCP816: {
    severity: 'info',
    message: (f: { check: string; table: string }) =>
      `the check ${f.check} of ${f.table} was left out: the fast reader cannot write it down`,
    fix: () => 'nothing, or read the schema exactly: leave out `reader: fast`',
    explain:
      'Checks become bounds of arguments. This one holds an expression that the fast reader does not know; the database still ' +
      'checks it.',
  },
  MCP817: {
    severity: 'warning',
    message: (f: { file: string }) =>
      `${f.file} has only one reader: \`reader: fast\` changes nothing`,
    fix: () => 'leave out `reader`, or --reader',
    explain:
      'Only PostgreSQL schemas can be read in two ways. Those of MySQL and SQLite are read fast as it is, and a live database ' +
      'is asked for its catalogue.',
  },
  MCP818: {
    severity: 'info',
    message: (f: { name: string; value: string }) =>
      `${f.name} has no value in the script: ${f.value || 'nothing'} was taken`,
    fix: () =>
      'nothing, unless it is another one in your database: write that into the script then',
    explain:
      'Scripts for psql hold variables that its command line sets, and those of extensions hold the schema that they are ' +
      'installed in. A variable that no `\\set` above it sets is read as its own name, and the schema of an extension as public, ' +
      'as is one that another program fills in: `@SCHEMA@.thing`, `${schema}.thing` or `{{schema}}.thing`.',
  },
  MCP828: {
    severity: 'warning',
    message: (f: { file: string; given: string; told: string; why: string }) =>
      `${f.file} was read as ${f.given}, but looks like ${f.told}: ${f.why}`,
    fix: (f) => `if it is, take --dialect ${f.told}, or dialect: ${f.told} in mcp.yaml`,
    explain:
      'The dialect that was given is the one that is read, whatever the schema looks like. What that dialect does not know is ' +
      'left out, table by table.',
  },
  MCP819: {
    severity: 'error',
    message: (f: { file: string; system: string }) => `${f.file} is a schema of ${f.system}`,
    fix: () =>
      'take one of PostgreSQL, MySQL, MariaDB or SQLite; if it is, add --dialect, or dialect: in mcp.yaml',
    explain:
      'The script has what only another database system writes. No server that is made here could connect to that one, so ' +
      'that it is not read unless the dialect is given.',
  },
  MCP820: {
    severity: 'info',
    message: (f: { file: string; rows: number; tables: readonly (readonly [string, number])[] }) =>
      `${f.file}: ${counted(f.rows, 'row')} of ${counted(f.tables.length, 'table')} left out: ${listed(f.tables)}`,
    fix: () =>
      'nothing: the copy in specs/ has no rows either; where they were committed before, take them out of the history too',
    explain:
      'Only the schema of a dump is read and kept. The rows of COPY, INSERT and REPLACE, large objects and locks are left out ' +
      'as it is read, however large it is, so that no data of a database lands in a repository. They are counted, nothing ' +
      'else. Lines that messages about a dump of more than 8 MiB name are those of the copy without rows.',
  },
  MCP825: {
    severity: 'error',
    message: (f: { file: string; what: string }) => `${f.file}: ${f.what} never ends`,
    fix: () =>
      'check that the dump is complete, and name its dialect with --dialect (dialect: in mcp.yaml) if it is another one',
    explain:
      'A large dump is read as it streams by, and what begins in it has to end: a quote, a comment, the rows of COPY. Here one ' +
      'goes on to the end of the file: the dump was cut off, or is of another dialect.',
  },
});

/** So many tables are named; the others are counted. */
const MOST_NAMED = 8;

function listed(tables: readonly (readonly [string, number])[]): string {
  const named = tables
    .slice(0, MOST_NAMED)
    .map(([name, rows]) => `${name} ${rows.toLocaleString('en-US')}`);
  const more = tables.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}
