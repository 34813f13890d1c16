import { PassThrough, type Readable, type Writable } from 'node:stream';
import type { JSONRPCMessage, McpServerFactory } from '@modelcontextprotocol/server';
import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { createListenWatch } from '../changes/listen-stdio.js';
import type { Watching } from '../changes/watching.js';
import { log } from '../log.js';

export type StdioListener = {
  /** Resolves when the other side is gone and what it asked is answered. */
  ended: Promise<void>;
  /** Reads no further, answers what was asked and closes; what is not done after `graceMs` is dropped. */
  close: (graceMs: number) => Promise<void>;
};

export type StdioOptions = {
  factory: McpServerFactory;
  input?: Readable;
  output?: Writable;
  /** Largest message in bytes. */
  maxMessageBytes: number;
  /** How long answers may take after the input ended, in milliseconds. */
  graceMs: number;
  /** Of what is read by URI. */
  watching?: Watching;
};

/** Serves one connection over a pair of streams, by default stdin and stdout. Nothing else may write to `output`. */
export function listenStdio({
  factory,
  input = process.stdin,
  output = process.stdout,
  maxMessageBytes,
  graceMs,
  watching = { watch: () => undefined },
}: StdioOptions): StdioListener {
  // The transport drops unanswered requests as soon as its input ends, so it hears of the end later.
  const inbound = new PassThrough();
  const wire = new StdioServerTransport(inbound, output, { maxBufferSize: maxMessageBytes });
  const unanswered = trackRequests();
  const listening = createListenWatch(watching);

  const send = wire.send.bind(wire);
  wire.send = async (message) => {
    await send(message);
    unanswered.sent(message);
    listening.sent(message);
  };
  const connection = serveStdio(factory, {
    transport: wire,
    onerror: (error) => log.warn('message not understood', { error: error.message }),
  });
  const deliver = wire.onmessage;
  wire.onmessage = (message) => {
    unanswered.received(message);
    listening.received(message, (kept) => deliver?.(kept));
  };
  const ended = new Promise<void>((resolve) => {
    const closed = wire.onclose;
    wire.onclose = () => {
      closed?.();
      listening.close();
      resolve();
    };
  });

  const finish = async (ms: number) => {
    await unanswered.none(ms);
    inbound.end();
  };
  input.pipe(inbound, { end: false });
  input.once('end', () => void finish(graceMs));
  input.once('close', () => void finish(graceMs));

  const close = async (ms: number) => {
    input.unpipe(inbound);
    await unanswered.none(ms);
    await connection.close();
  };
  return { ended, close };
}

function trackRequests() {
  const open = new Set<unknown>();
  const watchers = new Set<() => void>();

  const settle = (id: unknown) => {
    open.delete(id);
    if (open.size > 0) return;
    for (const watcher of watchers) watcher();
    watchers.clear();
  };
  return {
    received: (message: JSONRPCMessage) => {
      if (!('method' in message)) return;
      // One that asks to hear of changes is answered when the server stops, so nothing waits for it.
      if (message.method === 'subscriptions/listen') return;
      if ('id' in message) open.add(message.id);
      // A cancelled request is never answered (MCP, Cancellation).
      else if (message.method === 'notifications/cancelled') settle(message.params?.['requestId']);
    },
    sent: (message: JSONRPCMessage) => {
      if (!('method' in message)) settle(message.id);
    },
    /** Resolves when everything is answered, or after `ms`. */
    none: async (ms: number) => {
      // What was read last is handed on in the next turns of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
      if (open.size === 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        watchers.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    },
  };
}
