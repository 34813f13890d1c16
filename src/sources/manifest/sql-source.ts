import { z } from 'zod';
import { sourceScopes } from './auth.js';
import { FILE_PATTERN, variablePattern } from '../reference.js';
import { secretSetting } from './setting.js';
import { namesRule, prefixRule } from './names-rule.js';
import { whenUnavailable } from './when-unavailable.js';

/** `orders`, `sales.orders`, `log_*`, `*.secret`: a name or a pattern with `*`. */
const tablePattern = z.string().min(1).max(200);

const ACCESS = ['read-only', 'create', 'read-write'] as const;

const access = z.enum(ACCESS);

const number = (min: number, max: number) => z.int().min(min).max(max);

const handWritten = z.strictObject({
  description: z.string().min(1).max(10_000).describe('What models read'),
  title: z.string().min(1).max(200).optional(),
  sql: z
    .string()
    .min(1)
    .max(100_000)
    .describe('One statement; values only as :name, each a parameter'),
  parameters: z
    .record(
      z
        .string()
        .regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/, 'must be letters, digits and "_", at most 63'),
      z.record(z.string(), z.unknown()),
    )
    .optional()
    .describe('JSON Schema of each parameter; taken from the database where it is left out'),
  single: z.boolean().optional().describe('true: the result is one row or none'),
  writes: z.boolean().optional().describe('true: the statement changes data'),
});

/** `${token.sub}`: a claim of the access token of the one who calls. */
export const tokenClaim = z
  .string()
  .regex(
    /^\$\{token\.[^\s{}"\\]{1,200}\}$/,
    'must be ${NAME}, or ${token.sub}: a claim of the token',
  );

/** A database, by its schema. */
export const sqlSource = z
  .strictObject({
    sql: z
      .string()
      .min(1)
      .describe(
        'Pinned schema below the project: a .sql file, a folder of migrations, or a .json snapshot',
      ),
    dialect: z.enum(['postgres', 'mysql', 'sqlite']).optional().describe('Of the schema'),
    reader: z
      .enum(['exact', 'fast'])
      .optional()
      .describe(
        'Of a PostgreSQL schema: exact runs it in an engine in memory, fast only parses it and tells what it could not follow; exact unless given',
      ),
    database: z
      .string()
      .regex(
        new RegExp(`^${variablePattern('(?:sqlite|file|pglite):[^\\s{}]*')}$|^${FILE_PATTERN}$`),
        'must be ${NAME}, ${NAME:-sqlite:./data.sqlite} or ${file:/run/secrets/name}: addresses with passwords belong into the environment',
      )
      .optional()
      .describe(
        'Where the address of the database comes from; ${DATABASE_URL} unless given, ${<ID>_DATABASE_URL} for any further database',
      ),
    live: z
      .boolean()
      .optional()
      .describe(
        'true: the schema was read from the database itself; check --refresh reads it again',
      ),
    schemas: z.array(z.string().min(1)).optional().describe('Only tables of these schemas'),
    include: z
      .array(tablePattern)
      .optional()
      .describe('Only these tables and views: orders, sales.*'),
    exclude: z.array(tablePattern).optional().describe('Not these, in the same form'),
    access: z
      .union([access, z.record(tablePattern, access)])
      .optional()
      .describe('read-only unless said otherwise; for all tables, or by table'),
    profile: z
      .enum(['typed', 'hybrid', 'generic'])
      .optional()
      .describe('Tools for each table, for some, or for all together; chosen by size unless given'),
    typed: z.array(tablePattern).optional().describe('Tables with tools of their own, in hybrid'),
    tokens: number(500, 1_000_000).optional().describe('Budget by which the profile is chosen'),
    columns: z
      .record(z.string().min(1), z.enum(['hidden', 'masked', 'read-only', 'shown']))
      .optional()
      .describe('By table.column or pattern: users.email: masked, "*.password*": hidden'),
    limits: z
      .strictObject({
        rows: number(1, 10_000).optional().describe('Rows of a result unless asked for otherwise'),
        maxRows: number(1, 100_000).optional().describe('Most rows of a result'),
        timeoutMs: number(10, 600_000).optional().describe('Of one statement, on the server'),
        textChars: number(10, 1_000_000).optional().describe('Characters of one value'),
        binaryBytes: number(0, 10_000_000).optional().describe('Bytes of one binary value'),
      })
      .optional(),
    query: z
      .boolean()
      .optional()
      .describe('true: a tool that runs any SELECT over what is exposed'),
    queries: z
      .record(
        z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'must be the name of a tool'),
        handWritten,
      )
      .optional()
      .describe('Statements that are tools, by name'),
    functions: z
      .array(z.string().min(1))
      .optional()
      .describe(
        'Functions that the queries of query: true may call besides those of the database itself',
      ),
    whenUnavailable: whenUnavailable.describe(
      'hide: its tools are listed only while it answers; list unless given',
    ),
    claims: z
      .record(
        z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?$/),
        z.union([secretSetting, tokenClaim]),
      )
      .optional()
      .describe(
        'Session settings that row-level security reads: app.user_id: ${APP_USER_ID}, or ${token.sub} of the caller',
      ),
    names: namesRule,
    scopes: sourceScopes,
    prefix: prefixRule('tools'),
  })
  .refine(({ functions, query }) => functions === undefined || query === true, {
    path: ['functions'],
    message: 'it needs query: true, the tool whose queries may call them',
  });

export type SqlEntry = z.infer<typeof sqlSource>;
export type TableAccess = (typeof ACCESS)[number];
