const PLATFORM =
  "the truth counts the platform's own tables and functions (auth, storage), which are there but never exposed";

const ROWID =
  'INTEGER PRIMARY KEY never holds NULL, which the pragma that the truth counts by does not say';

/** Why a count differs from the truth of the corpus, by file and count; `*` is every count. */
export const EXPLAINED = {
  'postgres/basejump-supabase': {
    tables: PLATFORM,
    columns: PLATFORM,
    pk: PLATFORM,
    uniqueIdx: PLATFORM,
    functions: PLATFORM,
    notNull: PLATFORM,
    schemas: PLATFORM,
  },
  'postgres/davical': {
    '*': 'the server lost 19 tables with their references to usr, which another script makes; here only the references are left out',
  },
  'postgres/pagila': {
    domains: 'the truth counts its own stand-in for the type vector of pgvector',
  },
  'mysql/sakila': {
    views:
      'one view names tables of the database sakila, and the truth was loaded into a database of another name',
  },
  'sqlite/anki': { notNull: ROWID },
  'sqlite/ejabberd': { notNull: ROWID },
  'sqlite/freeradius': { notNull: ROWID },
  'sqlite/northwind': { notNull: ROWID },
  'sqlite/pdns': { notNull: ROWID },
  'sqlite/synapse': { notNull: ROWID },
};
