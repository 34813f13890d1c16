import { loadModule, parseSync } from 'libpg-query';
import { NONE, notOfTool, ONE, type StatementKind } from '../queries/kinds.js';

/** What a statement does, by PostgreSQL's own parser. */
export async function parsedKind(text: string): Promise<StatementKind> {
  await loadModule();
  try {
    const { stmts = [] } = parseSync(text);
    const [first] = stmts;
    if (first === undefined) return NONE;
    if (stmts.length > 1) return ONE;
    const [kind = ''] = Object.keys(first.stmt ?? {});
    if (/^(?:Insert|Update|Delete|Merge)Stmt$/.test(kind)) return { kind: 'write' };
    if (kind !== 'SelectStmt') return notOfTool(kind.replace(/Stmt$/, ''));
    const tree = JSON.stringify(first.stmt);
    if (tree.includes('"intoClause":')) return notOfTool('SELECT INTO');
    const changes = /"(?:Insert|Update|Delete|Merge)Stmt":/.test(tree);
    if (changes) return { kind: 'write' };
    return { kind: tree.includes('"lockingClause":') ? 'lock' : 'read' };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { problem: why };
  }
}
