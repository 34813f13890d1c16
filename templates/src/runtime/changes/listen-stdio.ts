import type { JSONRPCMessage } from '@modelcontextprotocol/server';
import { beginListening } from './listening.js';
import type { Stop, Watching } from './watching.js';

/** Looks at the messages of one connection: watches what requests to listen name for as long as they stand. */
export type ListenWatch = {
  /** Hands a message on, as it is to be understood; one that asks for a watch when that has begun. */
  received: (message: JSONRPCMessage, deliver: (message: JSONRPCMessage) => void) => void;
  sent: (message: JSONRPCMessage) => void;
  close: () => void;
};

export function createListenWatch(watching: Watching): ListenWatch {
  const open = new Map<unknown, Stop>();
  const end = (id: unknown) => {
    open.get(id)?.();
    open.delete(id);
  };
  return {
    received: (message, deliver) => {
      const isListen = 'id' in message && isMethod(message, 'subscriptions/listen');
      if (isMethod(message, 'notifications/cancelled')) end(message.params?.['requestId']);
      if (!isListen) return deliver(message);
      end(message.id);
      const { message: kept, ready, stop } = beginListening(message, watching);
      open.set(message.id, stop);
      // What was cancelled meanwhile never began.
      void ready.then(() => open.get(message.id) === stop && deliver(kept as JSONRPCMessage));
    },
    // An answer ends it: it was refused, or the server stops.
    sent: (message) => {
      if (!('method' in message)) end(message.id);
    },
    close: () => {
      for (const id of [...open.keys()]) end(id);
    },
  };
}

type Named = Extract<JSONRPCMessage, { method: string }>;

function isMethod(message: JSONRPCMessage, method: string): message is Named {
  return 'method' in message && message.method === method;
}
