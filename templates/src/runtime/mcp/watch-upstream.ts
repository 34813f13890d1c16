import { describeError, log } from '../log.js';
import type { Watch } from '../changes/watching.js';
import { isAnswer } from './failures.js';
import type { UpstreamLink } from './link.js';
import type { Session } from './session.js';

/** How often is looked whether a connection that was lost is there again. */
const AGAIN_MS = 5_000;

type Wanted = {
  updated: () => void;
  /** Something may have changed while nobody listened. */
  isLate: boolean;
  /** At the other server, over the connection that is used now. */
  end?: () => Promise<unknown>;
};

/** Listens to another server for the URIs that are wanted, each once; again after the connection was lost. */
export function watchUpstream(
  link: UpstreamLink,
  everyMs = AGAIN_MS,
): (own: string, updated: () => void) => Watch {
  const { id, timeoutMs } = link.upstream;
  const wanted = new Map<string, Wanted>();
  let used: Session | undefined;
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();

  const listen = async (session: Session, uri: string, one: Wanted, signal: AbortSignal) => {
    const lost = () => {
      if (wanted.get(uri) !== one) return;
      one.isLate = true;
      delete one.end;
    };
    try {
      one.end = await subscribe(session, uri, { signal, timeout: timeoutMs }, lost);
      if (one.isLate) one.updated();
      one.isLate = false;
    } catch (error) {
      if (!isAnswer(error)) throw error;
      log.warn('upstream refuses to tell of changes', { upstream: id, uri });
      one.end = async () => {};
    }
    if (wanted.get(uri) !== one) await one.end();
  };
  const listenToAll = async () => {
    const signal = AbortSignal.timeout(timeoutMs);
    const use = async (session: Session) => {
      if (used !== session) {
        for (const one of wanted.values()) {
          if (used !== undefined) one.isLate = true;
          delete one.end;
        }
        used = session;
        session.client.setNotificationHandler('notifications/resources/updated', ({ params }) => {
          wanted.get(params.uri)?.updated();
        });
      }
      for (const [uri, one] of wanted) {
        if (one.end === undefined) await listen(session, uri, one, signal);
      }
    };
    try {
      await link.use(use, { repeatable: true, signal });
    } catch (error) {
      for (const one of wanted.values()) one.isLate ||= one.end === undefined;
      log.debug('upstream is not listened to', { upstream: id, error: describeError(error) });
    }
  };
  const again = () => (last = last.then(listenToAll));

  return (uri, updated) => {
    const one: Wanted = { updated, isLate: false };
    wanted.set(uri, one);
    timer ??= setInterval(() => void again(), everyMs).unref();
    const stop = () => {
      if (wanted.get(uri) !== one) return;
      wanted.delete(uri);
      one.end?.().catch(() => {});
      if (wanted.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
    return { ready: again(), stop };
  };
}

/** As the version of the protocol has it; gives what ends it. `lost` is called when the other side ends it. */
async function subscribe(
  { client }: Session,
  uri: string,
  options: { signal: AbortSignal; timeout: number },
  lost: () => void,
): Promise<() => Promise<unknown>> {
  if (client.getProtocolEra() !== 'modern') {
    await client.subscribeResource({ uri }, options);
    return () => client.unsubscribeResource({ uri });
  }
  // A signal given to it would end what it opens.
  const stream = await client.listen(
    { resourceSubscriptions: [uri] },
    { timeout: options.timeout },
  );
  void stream.closed.then((why) => why !== 'local' && lost());
  return () => stream.close();
}
