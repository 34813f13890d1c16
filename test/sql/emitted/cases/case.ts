/** A call of a tool, and the statement by hand that asks the same; related rows are columns `relation.column`. */
export type AnswerCase = {
  asks: string;
  tool: string;
  args: Record<string, unknown>;
  sql: string;
};
