import type pg from 'pg';

/** What is used of the protocol connection of `pg` (frontend messages of PostgreSQL's protocol 3.0, section 55.7). */
export type Wire = {
  stream: {
    destroy: (error?: Error) => void;
    cork: () => void;
    uncork: () => void;
    on: (event: 'data', listener: (chunk: Uint8Array) => void) => void;
  };
  parse: (message: { name: string; text: string; types: number[] }) => void;
  bind: (message: { statement: string; values: readonly WireValue[] }) => void;
  describe: (message: { type: 'P'; name: string }) => void;
  execute: (message: { portal: string; rows: number }) => void;
  close: (message: { type: 'S'; name: string }) => void;
  sync: () => void;
  sendCopyFail: (reason: string) => void;
};

/** A parameter: text, or bytes in the binary format. */
export type WireValue = string | Buffer | null;

export type Field = { name: string; dataTypeID: number };

/**
 * What a query object of `pg` is told, in the order of the server's answers. Both ends of a query come once: an error, or
 * being ready for the next query. After an error nothing more comes.
 */
export type WireQuery = {
  submit: (wire: Wire) => void;
  handleRowDescription: (message: { fields: Field[] }) => void;
  handleDataRow: (message: { length: number; fields: (string | null)[] }) => void;
  handlePortalSuspended: () => void;
  handleCommandComplete: (message: { text: string }) => void;
  handleEmptyQuery: () => void;
  handleCopyInResponse: (wire: Wire) => void;
  handleCopyData: () => void;
  handleError: (error: Error) => void;
  handleReadyForQuery: () => void;
};

/** A client with what `pg` has but its types do not tell. */
export type WireClient = pg.PoolClient & {
  processID: number | null;
  secretKey: number | null;
};

export function wireOf(client: pg.ClientBase): Wire {
  return (client as unknown as { connection: Wire }).connection;
}

/** Hands a query object to `pg`, which asks of its type only that it can be submitted. */
export function submit(client: pg.ClientBase, query: WireQuery): void {
  client.query(query as unknown as pg.Submittable);
}
