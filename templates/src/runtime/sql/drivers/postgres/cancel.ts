import pg from 'pg';
import type { Connection } from './connections.js';

/** What `pg` has for a connection that only cancels; its types tell little of it. */
type Canceller = pg.Connection & {
  /** With a path, `port` is that of a socket file. */
  connect: (port: number | string, host?: string) => void;
  requestSsl: () => void;
  cancel: (processId: number, secretKey: number) => void;
};

const CANCEL_MS = 2_000;

/**
 * Asks the server to stop what the connection runs, by a connection of its own (section 55.2.8). Resolves when the server
 * has taken the request: it closes that connection then, and says nothing of the outcome.
 */
export function cancelStatement({ client }: Connection): Promise<void> {
  const { processID, secretKey, host, port, ssl } = client;
  return new Promise((resolve, reject) => {
    if (processID === null || secretKey === null) return reject(new Error('no process to cancel'));
    const canceller = new pg.Connection({ ssl }) as Canceller;
    const timer = setTimeout(() => {
      canceller.stream.destroy();
      reject(new Error('the request to cancel took too long'));
    }, CANCEL_MS);
    const settle = (done: () => void): void => {
      clearTimeout(timer);
      done();
    };
    const send = (): void => canceller.cancel(processID, secretKey);
    canceller.on('connect', () => (ssl ? canceller.requestSsl() : send()));
    canceller.on('sslconnect', send);
    canceller.on('error', (error: Error) => settle(() => reject(error)));
    canceller.on('end', () => settle(resolve));
    if (host.startsWith('/')) canceller.connect(`${host}/.s.PGSQL.${port}`);
    else canceller.connect(port, host);
  });
}
