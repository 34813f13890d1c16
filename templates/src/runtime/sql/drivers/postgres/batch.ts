import type pg from 'pg';
import type { RowKeeper } from '../settle.js';
import { submit, type Field, type Wire, type WireQuery, type WireValue } from './wire.js';

/** A statement of a batch; an empty name is the unnamed statement, which is always parsed anew. */
export type Step = { text: string; values: readonly WireValue[]; name: string; parsed: boolean };

export type Batch = {
  /** Statements before the one that matters: an error in one of them skips all that follow. Their rows are dropped. */
  before: readonly Step[];
  main: Step | 'continue';
  /** What ends the transaction where nothing failed before. */
  after?: Step;
  /** Names of statements to forget. */
  close?: readonly string[];
  /** How many rows the server is to send, 0 for all. */
  limit: number;
  keeper: RowKeeper<string | null>;
};

export type BatchResult = {
  /** Undefined where the statement has no result, and when it was continued. */
  fields: Field[] | undefined;
  /** Tag of the command, e.g. `INSERT 0 3`; undefined when there are more rows to fetch. */
  tag: string | undefined;
};

/**
 * Runs statements by the extended protocol in one round trip: all messages up to one Sync, so that the server runs none of
 * them after one that failed (section 55.2.4). With 'continue', more rows of the statement before are fetched: its portal
 * lasts as long as the transaction.
 */
export function runBatch(client: pg.ClientBase, batch: Batch): Promise<BatchResult> {
  return new Promise((resolve, reject) => {
    let pending = batch.before.length;
    let fields: Field[] | undefined;
    let tag: string | undefined;
    let done = false;
    const finish = (text: string | undefined): void => {
      if (!done) tag = text;
      done = true;
    };
    const query: WireQuery = {
      submit: (wire) => {
        wire.stream.cork();
        try {
          send(wire, batch);
        } finally {
          wire.stream.uncork();
        }
      },
      handleRowDescription: (message) => void (fields = message.fields),
      handleDataRow: (message) => {
        if (pending === 0) batch.keeper.add(message.fields, message.length);
      },
      handlePortalSuspended: () => finish(undefined),
      handleCommandComplete: ({ text }) => {
        if (pending > 0) pending -= 1;
        else finish(text);
      },
      handleEmptyQuery: () => finish(''),
      handleCopyInResponse: (wire) => wire.sendCopyFail('no data'),
      handleCopyData: () => undefined,
      handleError: reject,
      handleReadyForQuery: () => resolve({ fields, tag }),
    };
    submit(client, query);
  });
}

function send(wire: Wire, { before, main, after, close = [], limit }: Batch): void {
  for (const name of close) wire.close({ type: 'S', name });
  for (const step of before) {
    prepare(wire, step);
    wire.execute({ portal: '', rows: 0 });
  }
  if (main !== 'continue') {
    prepare(wire, main);
    wire.describe({ type: 'P', name: '' });
  }
  wire.execute({ portal: '', rows: limit });
  if (after) {
    prepare(wire, after);
    wire.execute({ portal: '', rows: 0 });
  }
  wire.sync();
}

function prepare(wire: Wire, { text, values, name, parsed }: Step): void {
  if (!parsed) wire.parse({ name, text, types: [] });
  wire.bind({ statement: name, values });
}
