import fc from 'fast-check';
import type { SqlDialect } from '../../../../templates/src/runtime/sql/database.js';

const TABLES: Record<string, string[]> = {
  orders: ['id', 'customer_id'],
  customers: ['id'],
  items: ['order_id', 'position', 'amount'],
  big_orders: ['id'],
  notes: ['id'],
  known: ['id'],
};
/** Hidden and masked columns, and what stands for a hidden key. */
const CLOSED = ['password', 'note', 'body', 'secret', 'no', 'rowid'];
const HIDDEN: Record<SqlDialect, string[]> = {
  postgres: [
    'salaries',
    'public.salaries',
    '"salaries"',
    'hidden_view',
    'pg_class',
    'ONLY salaries',
    'sales.plans',
  ],
  mysql: ['salaries', 'shop.salaries', '`salaries`', 'hidden_view', 'mysql.user'],
  sqlite: [
    'salaries',
    'main.salaries',
    '"salaries"',
    '[salaries]',
    'hidden_view',
    'sqlite_master',
    'pragma_table_list',
  ],
};
const SPELLED: Record<SqlDialect, ((name: string) => string)[]> = {
  postgres: [
    (name) => `public.${name}`,
    (name) => `"${name}"`,
    (name) => `ONLY ${name}`,
    (name) => `${name} *`,
  ],
  mysql: [(name) => `shop.${name}`, (name) => `\`${name}\``],
  sqlite: [
    (name) => `main.${name}`,
    (name) => `"${name}"`,
    (name) => `[${name}]`,
    (name) => name.toUpperCase(),
  ],
};
/** Some mean something else elsewhere. */
const ALIASES = ['a', 'b', 'c', 'salaries', 'orders', 'offset', 'window', 'x', 'y', 'z'];
const BAD_FUNCTIONS = ['sleep', 'pg_sleep', 'leak', 'load_extension', 'nextval'];
const GAPS = [' ', ' ', ' ', '\n', '/**/', ' -- , salaries\n', '/* FROM salaries */'];
const NOISE = [
  ...[
    'FROM',
    'salaries',
    ',',
    '(',
    ')',
    'JOIN',
    'UNION',
    'SELECT',
    ';',
    'AS',
    '*',
    '.',
    'WITH',
    'IN',
    'INTO',
    'note',
  ],
  ...[
    "'",
    '/*',
    '--',
    'WHERE',
    'LIMIT',
    'DISTINCT',
    'TABLE',
    'LATERAL',
    'FOR UPDATE',
    'WINDOW',
    'NATURAL',
    'password',
  ],
];

type Relation = { alias: string; columns: string[] };
type Random = {
  below: (n: number) => number;
  chance: (share: number) => boolean;
  of: <T>(list: readonly T[]) => T;
};

/** Statements from good to bad: SELECT over exposed tables, now and then a hidden name, in some of them a few pieces changed. */
export function statements(dialect: SqlDialect): fc.Arbitrary<string> {
  return fc.integer({ min: 1, max: 2_000_000_000 }).map((seed) => statementOf(seed, dialect));
}

function statementOf(seed: number, dialect: SqlDialect): string {
  const random = randomFrom(seed);
  const { below, chance, of } = random;
  const badness = of([0, 0, 0, 0.03, 0.08]);
  const gaps = chance(0.5) ? [' '] : GAPS;

  const number = (scope: Relation[], depth: number): string[] => {
    const relation = scope.length > 0 ? of(scope) : undefined;
    const kind = below(depth > 0 ? 9 : 4);
    if (relation === undefined || kind === 0) return [of(['1', '2', '0', 'NULL'])];
    if (chance(badness))
      return [of([of(CLOSED), `${relation.alias}.${of(CLOSED)}`, `${relation.alias}.leak`])];
    if (kind < 5) return [`${relation.alias}.${of(relation.columns)}`];
    if (kind === 5)
      return [
        `${of(['abs', 'coalesce', 'max', 'count'].slice(0, 2))}(`,
        ...number(scope, depth - 1),
        ')',
      ];
    if (kind === 6 && chance(badness * 4))
      return [`${of(BAD_FUNCTIONS)}(`, ...number(scope, depth - 1), ')'];
    if (kind === 7) return ['(', ...select([], depth - 1, scope, 1).pieces, 'LIMIT', '1', ')'];
    return [
      'CASE WHEN',
      ...condition(scope, depth - 1),
      'THEN',
      ...number(scope, depth - 1),
      'ELSE',
      '0',
      'END',
    ];
  };

  const condition = (scope: Relation[], depth: number): string[] => {
    const kind = below(depth > 0 ? 5 : 2);
    // A whole row.
    if (scope.length > 0 && chance(badness)) {
      const whole = dialect === 'postgres' ? `${of(scope).alias}::text` : of(scope).alias;
      return [whole, 'LIKE', "'%S3CR%'"];
    }
    if (kind < 2) return [...number(scope, 0), of(['=', '<', '>=', '<>']), ...number(scope, depth)];
    if (kind === 2) return ['EXISTS', '(', ...select([], depth - 1, scope, 1).pieces, ')'];
    if (kind === 3)
      return [...number(scope, 0), 'IN', '(', ...select([], depth - 1, scope, 1).pieces, ')'];
    return [
      '(',
      ...condition(scope, depth - 1),
      of(['AND', 'OR']),
      ...condition(scope, depth - 1),
      ')',
    ];
  };

  const source = (
    commons: Relation[],
    depth: number,
    alias: string,
  ): { pieces: string[]; relation: Relation } => {
    if (depth > 0 && chance(0.2)) {
      const inner = select(commons, depth - 1, [], 1 + below(2));
      return {
        pieces: ['(', ...inner.pieces, ')', of(['AS ', '']) + alias],
        relation: { alias, columns: inner.columns },
      };
    }
    if (chance(badness))
      return { pieces: [of(HIDDEN[dialect]), alias], relation: { alias, columns: ['note', 'id'] } };
    if (commons.length > 0 && chance(0.5)) {
      const common = of(commons);
      return {
        pieces: [common.alias, of(['AS ', '']) + alias],
        relation: { alias, columns: common.columns },
      };
    }
    const name = of(Object.keys(TABLES));
    const spelled = chance(0.3) ? of(SPELLED[dialect])(name) : name;
    return {
      pieces: [spelled, of(['AS ', '']) + alias],
      relation: { alias, columns: TABLES[name]! },
    };
  };

  /** With named columns, so that they can be named from outside. */
  const select = (
    commons: Relation[],
    depth: number,
    outer: Relation[],
    width: number,
  ): { pieces: string[]; columns: string[] } => {
    const free = [...ALIASES]
      .sort(() => below(3) - 1)
      .filter((alias) => !outer.some((one) => one.alias === alias));
    const first = source(commons, depth, free[0]!);
    const from = [...first.pieces];
    const scope = [first.relation];
    while (scope.length < 3 && chance(0.35)) {
      const next = source(commons, depth, free[scope.length]!);
      scope.push(next.relation);
      const how = of([',', 'CROSS JOIN', 'JOIN', 'LEFT JOIN']);
      from.push(how, ...next.pieces);
      // After a comma, a join sees only what follows the comma.
      if (how.endsWith('JOIN') && how !== 'CROSS JOIN')
        from.push('ON', ...condition([next.relation], 0));
    }
    const all = [...scope, ...outer];
    const columns = Array.from({ length: width }, (_, index) => `n${index}`);
    const items = columns.flatMap((name, index) => [
      ...(index > 0 ? [','] : []),
      ...number(all, depth),
      'AS',
      name,
    ]);
    const where = chance(0.5) ? ['WHERE', ...condition(all, depth)] : [];
    const grouped = scope.filter(() => chance(0.9));
    // Where all keys are named, a table may stand for itself.
    const groups = chance(0.3)
      ? grouped.flatMap(({ alias, columns: names }, index) => [
          index > 0 ? ',' : 'GROUP BY',
          `${alias}.${chance(badness) ? of(CLOSED) : names[0]}`,
        ])
      : [];
    const distinct = chance(0.1) ? ['DISTINCT'] : [];
    return {
      pieces: ['SELECT', ...distinct, ...items, 'FROM', ...from, ...where, ...groups],
      columns,
    };
  };

  const whole = (): string[] => {
    const commons: Relation[] = [];
    const pieces: string[] = [];
    for (let count = below(3); count > 0; count -= 1) {
      const alias = of(
        ['salaries', 'orders', 'w1', 'w2', 'w3'].filter(
          (name) => !commons.some((one) => one.alias === name),
        ),
      );
      const inner = select(commons, 1, [], 1 + below(2));
      pieces.push(commons.length === 0 ? 'WITH' : ',', alias, 'AS', '(', ...inner.pieces, ')');
      commons.push({ alias, columns: inner.columns });
    }
    const main = select(commons, 2, [], 1 + below(2));
    pieces.push(...main.pieces);
    if (chance(0.2))
      pieces.push(
        of(['UNION', 'UNION ALL', 'EXCEPT', 'INTERSECT']),
        ...select(commons, 1, [], main.columns.length).pieces,
      );
    if (chance(0.3)) pieces.push('ORDER BY', '1');
    return pieces;
  };

  const pieces = whole();
  for (let changes = chance(0.3) ? 1 + below(2) : 0; changes > 0; changes -= 1) {
    const at = below(pieces.length + 1);
    pieces.splice(at, below(2), ...(chance(0.7) ? [of(NOISE)] : []));
  }
  return pieces.map((piece) => piece + of(gaps)).join('');
}

/** Numbers that depend on the seed alone. */
function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return { below, chance: (share) => next() < share, of: (list) => list[below(list.length)]! };
}
