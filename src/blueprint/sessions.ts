/** What the emitted runtime documents as `SessionFacts`. */
export type Sessions = { max: number; perCaller: number; idleSeconds: number };
