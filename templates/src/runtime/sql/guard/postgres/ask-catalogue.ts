import { UserInputError } from '../../../calls/user-input-error.js';
import type { SqlSession } from '../../driver.js';

/** Functions of users that a name after a dot could call, and row types of tables, which tell of hidden columns. */
const QUESTION = `
  SELECT 'function', p.proname::pg_catalog.text
    FROM pg_catalog.pg_proc p
    JOIN pg_catalog.pg_type t ON t.oid = p.proargtypes[0]
   WHERE p.proname::pg_catalog.text = ANY ($1::pg_catalog.text[])
     AND p.pronamespace <> 'pg_catalog'::pg_catalog.regnamespace
     AND t.typtype IN ('c', 'p') AND p.pronargs - p.pronargdefaults <= 1
   UNION ALL
  SELECT 'row type', t.typname::pg_catalog.text
    FROM pg_catalog.pg_type t JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
   WHERE t.typname::pg_catalog.text = ANY ($2::pg_catalog.text[]) AND c.relkind <> 'c'
   LIMIT 1`;

/** Asks the database about names of which the statement alone does not tell what they are. Throws UserInputError. */
export async function askCatalogue(
  session: SqlSession,
  { members, types }: { members: string[]; types: string[] },
): Promise<void> {
  if (members.length === 0 && types.length === 0) return;
  const elements = types.flatMap((name) => [name, name.replace(/^_/, '')]);
  const { rows } = await session.run({ text: QUESTION, values: [members, elements] });
  const [found] = rows;
  if (!found) return;
  const name = String(found[1]);
  throw new UserInputError(
    found[0] === 'function'
      ? `".${name}" could call a function of the database: give the column another name with AS.`
      : `The type ${name} is that of the rows of a table, which cannot be used here.`,
  );
}
