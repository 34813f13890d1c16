import type { Client } from '@modelcontextprotocol/client';
import { describeError, log } from '../log.js';
import { isAnswer } from './failures.js';

/** After listening ended or could not begin. */
const AGAIN_MS = 5_000;

/**
 * Asks a server of 2026-07-28 to tell when its lists change; older ones tell unasked (MCP 2026-07-28, Subscriptions). What is
 * given back begins that again where it ended. `missed` is called whenever something may have changed while nobody listened.
 */
export function listenToLists(
  client: Client,
  timeout: number,
  missed: () => void,
  now: () => number = Date.now,
): () => void {
  const { tools, resources, prompts } = client.getServerCapabilities() ?? {};
  const filter = {
    ...(tools?.listChanged === true && { toolsListChanged: true }),
    ...(resources?.listChanged === true && { resourcesListChanged: true }),
    ...(prompts?.listChanged === true && { promptsListChanged: true }),
  };
  if (client.getProtocolEra() !== 'modern' || Object.keys(filter).length === 0) return () => {};
  let isListening = false;
  let retryAt = 0;
  const listen = async () => {
    try {
      const stream = await client.listen(filter, { timeout });
      missed();
      await stream.closed;
      missed();
    } catch (error) {
      log.debug('upstream lists are not listened to', { error: describeError(error) });
      // A server that refuses will go on doing so.
      if (isAnswer(error)) retryAt = Infinity;
    }
    retryAt = Math.max(retryAt, now() + AGAIN_MS);
    isListening = false;
  };
  return () => {
    if (isListening || now() < retryAt) return;
    isListening = true;
    void listen();
  };
}
