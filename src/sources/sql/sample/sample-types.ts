import type { SqlDatabase } from '../../../blueprint/database.js';
import type { ColumnType, DatabaseModel, TableModel } from '../model.js';
import { literal, quoted } from './quoting.js';

/** Types that PGlite has, by how they begin; whatever else is declared as a domain over text. */
const BUILT_IN =
  /^(?:smallint|integer|bigint|numeric|decimal|real|double precision|boolean|text|character|varchar|char|name|date|time|timestamp|interval|uuid|jsonb?|jsonpath|bytea|inet|cidr|macaddr8?|point|box|path|polygon|circle|lseg|line|tsvector|tsquery|(?:int[48]|num|date|ts|tstz)(?:multi)?range|bit|money|xml|oid|xid8?|pg_lsn|pg_snapshot|regclass)(?![\w.])|^"char"$/i;

/** A type as `format_type` prints those of PostgreSQL; what a file says besides is not taken into a statement. */
const WRITTEN = /^"?[\w ]+"?(?:\( ?\d+(?:, ?-?\d+)?\)[\w ]*)?(?:\[\])*$/;
/** Domains over domains; a file may have one that is over itself. */
const MAX_DEPTH = 100;

/** The types of a PostgreSQL schema in an embedded database. */
export type SampleTypes = {
  /** What makes them: schemas, enumerated types, domains. */
  statements: string[];
  /** How a column of a table in that schema names its type. */
  nameOf: (type: ColumnType, schema: string | undefined) => string;
};

/** Schemas, enumerated types and domains that the columns need; types of extensions are stood in for. */
export function sampleTypes(
  { tables }: SqlDatabase,
  model: DatabaseModel,
  models: ReadonlyMap<string, TableModel>,
): SampleTypes {
  const made = new Map<string, string>();
  const open = new Set<string>();
  const nameOf = (type: ColumnType, schema = 'public'): string => {
    if (type.kind === 'array' && type.element && type.domain === undefined) {
      return `${nameOf(type.element, schema)}[]`;
    }
    const written = parts(type.sql);
    if (type.domain !== undefined) {
      const domain = nearest(model.domains, type.domain, written, schema);
      if (domain) return make('DOMAIN', domain, () => `AS ${nameOf(domain.base, domain.schema)}`);
    }
    if (type.enumName !== undefined) {
      const found = nearest(model.enums, type.enumName, written, schema);
      const values = (found?.values ?? type.values ?? []).map(literal).join(', ');
      const owner = found ?? { name: type.enumName, schema };
      return make('TYPE', owner, () => `AS ENUM (${values})`);
    }
    if (BUILT_IN.test(type.sql) && WRITTEN.test(type.sql)) return type.sql;
    const [name = 'text', owner = 'public'] = written.reverse();
    return make('DOMAIN', { schema: owner, name }, () => 'AS text');
  };
  const make = (
    kind: 'DOMAIN' | 'TYPE',
    { schema, name }: { schema: string; name: string },
    rest: () => string,
  ): string => {
    const place = `${quoted(schema)}.${quoted(name)}`;
    if (!made.has(place)) {
      if (open.has(place) || open.size > MAX_DEPTH) return 'text';
      // What it is made of comes before it.
      open.add(place);
      const definition = rest();
      open.delete(place);
      made.set(place, `CREATE ${kind} ${place} ${definition}`);
    }
    return place;
  };
  for (const { columns, schema } of models.values()) {
    for (const { type } of columns) nameOf(type, schema);
  }
  const schemas = new Set([
    ...Object.values(tables).flatMap(({ schema }) => schema ?? []),
    ...[...made.keys()].map((place) => parts(place)[0]!),
  ]);
  const statements = [
    ...[...schemas]
      .filter((schema) => schema !== 'public')
      .sort()
      .map((schema) => `CREATE SCHEMA IF NOT EXISTS ${quoted(schema)}`),
    ...made.values(),
  ];
  return { statements, nameOf };
}

/** The one of that name that is meant: in the schema that is written, in that of the table, or anywhere. */
function nearest<Named extends { schema: string; name: string }>(
  all: readonly Named[],
  name: string,
  written: readonly string[],
  schema: string,
): Named | undefined {
  const named = all.filter((one) => one.name === name);
  const owner = written.length > 1 ? written[0] : schema;
  return named.find((one) => one.schema === owner) ?? named[0];
}

/** `a."b c"(3)` → `a`, `b c`. */
function parts(type: string): string[] {
  const bare = type.replace(/(?:\[\])+$/, '').replace(/\([^()"]*\)$/, '');
  return [...bare.matchAll(/"((?:[^"]|"")*)"|([^."]+)/g)].map(([, inQuotes, plain = '']) =>
    inQuotes === undefined ? plain : inQuotes.replaceAll('""', '"'),
  );
}
