import type { EventStore, JSONRPCMessage } from '@modelcontextprotocol/server';

/** Characters that all sessions together keep. */
export type Budget = { used: number; readonly max: number };

/** Of one session. */
const MAX_EVENTS = 200;
const MAX_CHARS = 1_000_000;

/** What was sent last, so that a client whose stream broke reads on from there (MCP 2025-11-25, Resumability). */
export type BoundedEventStore = EventStore & {
  /** Forgets all, and keeps nothing from then on. */
  end: () => void;
};

/**
 * Keeps the newest messages of one session; an id of one that is gone is unknown, so that a client hears that something was
 * missed in place of going on without it.
 */
export function createEventStore(budget: Budget): BoundedEventStore {
  const events = new Map<string, { streamId: string; text: string }>();
  let last = 0;
  let used = 0;
  let isOver = false;

  const drop = (id: string, { text }: { text: string }) => {
    events.delete(id);
    used -= text.length;
    budget.used -= text.length;
  };
  const isFull = () => events.size > MAX_EVENTS || used > MAX_CHARS || budget.used > budget.max;

  return {
    storeEvent: async (streamId: string, message: JSONRPCMessage) => {
      const id = String(++last);
      if (isOver) return id;
      const text = JSON.stringify(message);
      events.set(id, { streamId, text });
      used += text.length;
      budget.used += text.length;
      for (const [oldest, event] of events) {
        if (!isFull()) break;
        drop(oldest, event);
      }
      return id;
    },
    getStreamIdForEventId: async (id) => events.get(id)?.streamId,
    replayEventsAfter: async (lastEventId, { send }) => {
      const streamId = events.get(lastEventId)?.streamId;
      if (streamId === undefined) throw new Error('the event is not kept any more');
      let isAfter = false;
      // What comes while this goes on is seen as well.
      for (const [id, event] of events) {
        if (isAfter && event.streamId === streamId)
          await send(id, JSON.parse(event.text) as JSONRPCMessage);
        if (id === lastEventId) isAfter = true;
      }
      return streamId;
    },
    end: () => {
      isOver = true;
      for (const [id, event] of events) drop(id, event);
    },
  };
}
