export const COMMANDS = [
  'add',
  'inspect',
  'regenerate',
  'diff',
  'check',
  'eject',
  'explain',
] as const;
export type CommandName = 'scaffold' | (typeof COMMANDS)[number];
