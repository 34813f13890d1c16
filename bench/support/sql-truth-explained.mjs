const PLATFORM =
  "the truth counts the platform's own tables and functions (auth, storage), which are there but never exposed";

/** Why a count differs from the truth of the corpus, by file and count. */
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
  'postgres/pagila': {
    domains: 'the truth counts its own stand-in for the type vector of pgvector',
  },
};
