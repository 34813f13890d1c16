import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived, byte for byte. */
export type Recorded = {
  method: string;
  /** Path and query as they stood in the request line. */
  target: string;
  headers: Record<string, string>;
  body: Buffer;
};

export type Answer = {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Sent again and again until the other side closes. */
  endless?: string;
};

export type Recorder = {
  port: number;
  origin: string;
  /** What arrived since the last time, and no longer. */
  take: () => Recorded[];
  /** Answers for the next requests, one each, after which everything is `{"ok":true}`. */
  answerWith: (answers: Answer[]) => void;
  /** Resolves when an endless answer was ended by the other side. */
  cutOff: () => Promise<void>;
  close: () => Promise<void>;
};

const OK: Answer = { headers: { 'content-type': 'application/json' }, body: '{"ok":true}' };

/** An upstream on loopback that writes down what it gets. `/token` gives numbered OAuth access tokens. */
export async function startRecorder(): Promise<Recorder> {
  let recorded: Recorded[] = [];
  let answers: Answer[] = [];
  let tokens = 0;
  const closed: Promise<void>[] = [];
  const server = createServer((request, response) => {
    void read(request).then((received) => {
      recorded.push(received);
      if (received.target === '/token') return send(response, tokenAnswer((tokens += 1)));
      const answer = answers.shift() ?? OK;
      if (answer.endless !== undefined) {
        closed.push(new Promise((resolve) => response.once('close', resolve)));
      }
      send(response, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    take: () => {
      const taken = recorded;
      recorded = [];
      tokens = 0;
      return taken;
    },
    answerWith: (next) => (answers = [...next]),
    cutOff: async () => void (await Promise.all(closed)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<Recorded> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: request.method ?? '',
    target: request.url ?? '',
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: Buffer.concat(chunks),
  };
}

function tokenAnswer(number: number): Answer {
  const token = { access_token: `token-${number}`, token_type: 'Bearer', expires_in: 3600 };
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(token) };
}

function send(response: ServerResponse, { status = 200, headers = {}, body, endless }: Answer) {
  response.writeHead(status, headers);
  if (endless === undefined) return void response.end(body);
  const more = (): void => {
    while (!response.destroyed && response.write(endless));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}
