import { z } from 'zod';

/** How many there may be, and for how long. */
export const sessionLimits = z.strictObject({
  max: z.int().min(1).max(100_000).default(500).describe('Of all callers together'),
  perCaller: z
    .int()
    .min(1)
    .max(100_000)
    .default(50)
    .describe('Of each caller, where auth tells who that is'),
  idleSeconds: z
    .int()
    .min(1)
    .max(604_800)
    .default(1_800)
    .describe('Without a request and an open stream for so long, a session ends'),
});

/** `serve.sessions`: whether clients of versions before 2026-07-28 have sessions over HTTP, and how many. */
export const sessionsSchema = z.union([sessionLimits, z.boolean()]);
