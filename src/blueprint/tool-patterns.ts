/** Whether a key of `tools:` stands for several tools. */
export function isPattern(key: string): boolean {
  return key.includes('*');
}

/** Whether a name is one that a pattern with `*` stands for; upper and lower case differ. */
export function matchesPattern(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'u').test(name);
}
