import { isAnswer } from './failures.js';
import type { UpstreamLink } from './link.js';

/** Whether the other server answers, whatever it says. */
export async function isThere(link: UpstreamLink, signal: AbortSignal): Promise<boolean> {
  if (link.problems.length > 0) return false;
  const options = { signal, timeout: link.upstream.timeoutMs };
  try {
    await link.use(
      ({ client }) =>
        client.getProtocolEra() === 'modern' ? client.discover(options) : client.ping(options),
      { repeatable: true, signal },
    );
    return true;
  } catch (error) {
    return isAnswer(error);
  }
}
