/** Starts the pet shop on a free port of 127.0.0.1. */
export function startDemoUpstream(options?: {
  port?: number;
}): Promise<{ url: string; close: () => Promise<void> }>;
