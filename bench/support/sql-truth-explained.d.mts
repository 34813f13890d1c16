export const EXPLAINED: Record<string, Record<string, string> | undefined>;
