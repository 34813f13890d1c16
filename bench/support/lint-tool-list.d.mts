/** What clients refuse a tool list for, one line each: `tool › place: problem`. Empty for a list that all of them take. */
export function lintToolList(tools: unknown): string[];
