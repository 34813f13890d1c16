import type { SqlRows, SqlSession, SqlText } from '../../driver.js';
import { notAllowed } from '../text/token.js';

/** The tables and indexes of the database by the number of the page where they begin. */
const PAGES = 'SELECT rootpage, tbl_name FROM main.sqlite_master WHERE rootpage > 0';
/** Opcodes that open something of a file (section "Opcodes" of SQLite's manual); others open what the statement itself makes. */
const OPENS = new Set(['OpenRead', 'ReopenIdx', 'OpenWrite']);
/** Opcodes that no read has. */
const NEVER =
  /^(?:OpenWrite|Destroy|Clear|CreateBtree|ParseSchema|DropTable|DropIndex|DropTrigger|VUpdate|VCreate|VDestroy|VRename|Vacuum|IncrVacuum|JournalMode|Checkpoint|SetCookie|SqlExec|TableLock|VBegin)$/;

/**
 * Looks at the program that SQLite has made of a statement, which is what will run: every table that it opens has to be one
 * that the subselects in it open by themselves. Throws UserInputError.
 */
export async function checkProgram(
  session: SqlSession,
  statement: SqlText,
  { tables, usesTableFunction }: { tables: readonly string[]; usesTableFunction: boolean },
): Promise<void> {
  const pages = new Map(
    (await session.run({ text: PAGES, values: [] })).rows.map(([page, name]) => [
      Number(page),
      String(name),
    ]),
  );
  const allowed = new Set<string>();
  let isVirtual = usesTableFunction;
  for (const table of new Set(tables)) {
    const text = `EXPLAIN SELECT * FROM ${table}`;
    const program = readProgram(await session.run({ text, values: [] }));
    for (const { page } of program.opened) allowed.add(pages.get(page) ?? '');
    isVirtual ||= program.isVirtual;
  }
  const explained = { ...statement, text: `EXPLAIN ${statement.text}` };
  const program = readProgram(await session.run(explained));
  for (const { page, database } of program.opened) {
    const name = pages.get(page);
    if (database > 0 || name === undefined || !allowed.has(name)) throw notAllowed('What it reads');
  }
  if (program.isVirtual && !isVirtual) throw notAllowed('A virtual table');
}

type Program = { opened: { page: number; database: number }[]; isVirtual: boolean };

function readProgram({ rows }: SqlRows): Program {
  const program: Program = { opened: [], isVirtual: false };
  for (const [, code, , page, database] of rows) {
    const opcode = String(code);
    if (NEVER.test(opcode)) throw notAllowed(`A statement that does ${opcode}`);
    if (OPENS.has(opcode)) program.opened.push({ page: Number(page), database: Number(database) });
    program.isVirtual ||= opcode === 'VOpen';
  }
  return program;
}
