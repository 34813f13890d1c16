/** What reading a PostgreSQL schema may take, by either reader. */
export type TimeLimits = {
  /** For everything; two minutes by default. */
  timeoutMs?: number;
  /** For one statement, which is then left out; twenty seconds by default. */
  statementTimeoutMs?: number;
};

export const TIME_LIMITS = { timeoutMs: 120_000, statementTimeoutMs: 20_000 };
