/** What the process answers with; documented in the README and stable. */
export const ExitCode = {
  ok: 0,
  /** The project is not in step, or a conflict needs a decision. */
  findings: 1,
  /** Wrong flags, unreadable input, a broken lock. */
  unable: 2,
  bug: 70,
  cancelled: 130,
} as const;
