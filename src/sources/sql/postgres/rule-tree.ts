/** A node of a query as `pg_node_tree` writes it; of its fields only those that say where columns come from. */
export type RuleNode = { type: string; fields: ReadonlyMap<string, RuleValue> };

/** A word, a node or a list; undefined for nodes that nobody follows. */
export type RuleValue = string | RuleNode | RuleValue[] | undefined;

/** Nodes that are read, with the fields that are; the names are those of parsenodes.h and primnodes.h in capitals. */
const READ: Record<string, ReadonlySet<string>> = {
  QUERY: new Set(['cteList', 'rtable', 'targetList', 'setOperations']),
  RANGETBLENTRY: new Set([
    ...['rtekind', 'relid', 'subquery', 'ctename', 'ctelevelsup', 'joinaliasvars', 'groupexprs'],
  ]),
  COMMONTABLEEXPR: new Set(['ctename', 'ctequery']),
  TARGETENTRY: new Set(['expr', 'resno', 'resorigtbl', 'resorigcol', 'resjunk']),
  VAR: new Set(['varno', 'varattno', 'varlevelsup']),
  RELABELTYPE: new Set(['arg']),
  COALESCEEXPR: new Set(['args']),
  SETOPERATIONSTMT: new Set(['larg', 'rarg']),
  RANGETBLREF: new Set(['rtindex']),
};

type Cursor = { text: string; at: number };

/** Reads the text of `pg_rewrite.ev_action`: a list of queries, of which a view has one. Undefined where it is something else. */
export function readRule(text: string): RuleNode | undefined {
  const cursor = { text, at: 0 };
  const value = readValue(cursor, nextToken(cursor));
  const [query] = Array.isArray(value) ? value : [];
  return typeof query === 'object' && !Array.isArray(query) ? query : undefined;
}

/** Words part at blanks; a backslash takes the meaning of the character behind it (pg_strtok in read.c). */
const TOKEN = /\s*([(){}]|(?:\\[^]|[^\s(){}\\])+)/y;

function nextToken(cursor: Cursor): string {
  TOKEN.lastIndex = cursor.at;
  const found = TOKEN.exec(cursor.text);
  cursor.at = found ? TOKEN.lastIndex : cursor.text.length;
  return found?.[1] ?? '';
}

function readValue(cursor: Cursor, token: string): RuleValue {
  if (token === '{') return readNode(cursor);
  if (token !== '(') return token.replaceAll(/\\([^])/g, '$1');
  const items: RuleValue[] = [];
  for (let next = nextToken(cursor); next !== ')' && next !== ''; next = nextToken(cursor))
    items.push(readValue(cursor, next));
  return items;
}

function readNode(cursor: Cursor): RuleNode | undefined {
  const type = nextToken(cursor);
  const wanted = Object.hasOwn(READ, type) ? READ[type] : undefined;
  if (!wanted) {
    skip(cursor, BRACES);
    return undefined;
  }
  const fields = new Map<string, RuleValue>();
  for (let token = nextToken(cursor); token !== '}' && token !== ''; token = nextToken(cursor)) {
    if (!token.startsWith(':')) continue;
    const field = token.slice(1);
    const value = nextToken(cursor);
    if (wanted.has(field)) fields.set(field, readValue(cursor, value));
    else if (value === '{') skip(cursor, BRACES);
    else if (value === '(') skip(cursor, PARENTHESES);
  }
  return { type, fields };
}

const BRACES = /\\[^]|[{}]/g;
const PARENTHESES = /\\[^]|[()]/g;

/** To behind what closes the group that was just opened. */
function skip(cursor: Cursor, marks: RegExp): void {
  marks.lastIndex = cursor.at;
  for (let depth = 1; depth > 0;) {
    const [mark = ''] = marks.exec(cursor.text) ?? [];
    if (mark === '{' || mark === '(') depth += 1;
    else if (mark === '}' || mark === ')') depth -= 1;
    else if (mark === '') {
      cursor.at = cursor.text.length;
      return;
    }
  }
  cursor.at = marks.lastIndex;
}
