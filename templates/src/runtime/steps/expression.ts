/**
 * What a value is made from, as plain data: read from mcp.yaml, checked when the project was generated. `ref` begins with
 * `args`, `steps` or the name of an item.
 */
export type Expression =
  | { value: unknown }
  | { ref: (string | number | Expression)[] }
  | { text: Expression[] }
  | { list: Expression[] }
  | { object: Record<string, Expression> }
  | { compare: Comparison; left: Expression; right: Expression }
  | { all: Expression[] }
  | { any: Expression[] }
  | { not: Expression }
  | { first: Expression[] }
  | { call: 'length' | 'json' | 'number'; of: Expression };

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in';

/** What references begin with, and what stands there. */
export type Scope = Readonly<Record<string, unknown>>;

/** A value is not what the expression needs. The message is for the caller. */
export class EvaluationError extends Error {}
