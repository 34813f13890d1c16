import type { JSONRPCErrorResponse, RequestId, Transport } from '@modelcontextprotocol/server';

/** Requests of one session that are not answered yet. Each may wait for a person, so their number is all that bounds them. */
const MAX_OPEN = 64;
const REFUSED = -32_600;
const CANCELLED = -32_000;

/**
 * Bounds what a connected transport has under way. A request that was cancelled is answered with an error: nothing is sent for
 * it otherwise, and over HTTP its stream would stay open until the session ends.
 */
export function boundRequests(transport: Transport, maxOpen = MAX_OPEN): void {
  const open = new Set<RequestId>();
  const deliver = transport.onmessage;
  const send = transport.send.bind(transport);
  const refuse = (id: RequestId, code: number, message: string) => {
    const answer: JSONRPCErrorResponse = { jsonrpc: '2.0', id, error: { code, message } };
    send(answer).catch((error: Error) => transport.onerror?.(error));
  };

  transport.send = async (message, options) => {
    if (!('method' in message) && message.id !== undefined) open.delete(message.id);
    await send(message, options);
  };
  transport.onmessage = (message, extra) => {
    const isRequest = 'method' in message && 'id' in message;
    if (isRequest && open.has(message.id))
      return refuse(message.id, REFUSED, 'A request of this id is under way');
    if (isRequest && open.size >= maxOpen)
      return refuse(message.id, REFUSED, 'Too many requests of this session are under way');
    if (isRequest) open.add(message.id);
    deliver?.(message, extra);
    if (!('method' in message) || message.method !== 'notifications/cancelled') return;
    const id = message.params?.['requestId'] as RequestId;
    // By then the call has been told to stop, so it answers nothing itself.
    setImmediate(() => {
      if (open.delete(id)) refuse(id, CANCELLED, 'The request was cancelled');
    });
  };
}
