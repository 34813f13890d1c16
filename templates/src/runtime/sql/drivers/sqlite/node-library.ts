import type { Handle, Library, Statement, Stored } from './library.js';

/** Of `node:sqlite`, what is used; the types of the oldest Node that this runs on do not have it. */
type NodeSqlite = {
  DatabaseSync: new (path: string, options: object) => NodeDatabase;
  StatementSync: { prototype: object };
};
type NodeDatabase = {
  exec: (text: string) => void;
  prepare: (text: string) => NodeStatement;
  close: () => void;
};
type NodeStatement = {
  setReadBigInts: (enabled: boolean) => void;
  setReturnArrays: (enabled: boolean) => void;
  columns: () => { name: string }[];
  iterate: (...values: Stored[]) => Iterable<unknown>;
};

/** The SQLite of Node itself, from 22.16 on: before, rows lose columns of the same name. */
export function nodeLibrary(): Library | undefined {
  const sqlite = process.getBuiltinModule('node:sqlite') as unknown as NodeSqlite | undefined;
  if (!sqlite || !('setReturnArrays' in sqlite.StatementSync.prototype)) return undefined;
  return {
    name: 'node',
    wasFull: () => false,
    open: (path, { readOnly, create }) => {
      // It makes a file that is not there whenever it may write.
      const database = new sqlite.DatabaseSync(create ? path : existing(path, readOnly), {
        readOnly,
      });
      return handleOf(database);
    },
  };
}

/** An address with a mode of its own (section "URI filenames" of SQLite's manual). */
function existing(path: string, readOnly: boolean): string {
  const escaped = path.replace(/[%?#]/g, (character) => encodeURIComponent(character));
  const absolute = escaped.replaceAll('\\', '/').replace(/^(?!\/)/, '/');
  return `file://${absolute}?mode=${readOnly ? 'ro' : 'rw'}`;
}

function handleOf(database: NodeDatabase): Handle {
  return {
    exec: (text) => database.exec(text),
    close: () => database.close(),
    prepare: (text) => statementOf(database.prepare(text)),
  };
}

function statementOf(statement: NodeStatement): Statement {
  statement.setReadBigInts(true);
  statement.setReturnArrays(true);
  return {
    columns: statement.columns().map(({ name }) => name),
    rows: (values) => statement.iterate(...values) as Iterable<Stored[]>,
    // The collector frees it.
    free: () => undefined,
  };
}
