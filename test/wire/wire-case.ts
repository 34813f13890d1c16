import type { Answer, Recorded } from './recorder.js';

/** A request that has to arrive, exactly. */
export type WantedRequest = {
  method: string;
  /** Raw path and query. */
  target: string;
  /** Headers that matter; undefined: must not be there. Content-Type must not be there without a body. */
  headers?: Record<string, string | undefined>;
  /** Left out: no byte. Text is UTF-8; the boundary of multipart is written `BOUNDARY`. */
  body?: string | Uint8Array;
};

/** One call of a tool and what has to happen. */
export type WireCase = {
  title: string;
  tool: string;
  args?: Record<string, unknown>;
  /** Everything that has to arrive at the upstream, in order; `[]` where nothing may leave. */
  want: WantedRequest | WantedRequest[];
  answers?: Answer[];
  /** Part of the tool's result; left out: that it is no error. */
  result?: Record<string, unknown>;
};

/** A recorded request in the form in which it is compared. Bytes are latin-1, so that each is one character. */
export function comparable(recorded: Recorded, want: WantedRequest | undefined) {
  const boundary = /boundary=(\S+)/.exec(recorded.headers['content-type'] ?? '')?.[1];
  const same = (text: string) =>
    boundary === undefined ? text : text.replaceAll(boundary, 'BOUNDARY');
  const names = new Set(['content-type', ...Object.keys(want?.headers ?? {})]);
  return {
    method: recorded.method,
    target: recorded.target,
    headers: Object.fromEntries(
      [...names].map((name) => {
        const value = recorded.headers[name];
        return [name, value === undefined ? undefined : same(value)];
      }),
    ),
    body: same(recorded.body.toString('latin1')),
  };
}

/** A wanted request in the same form. */
export function wanted({ method, target, headers = {}, body = '' }: WantedRequest) {
  const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body);
  return {
    method,
    target,
    headers: { 'content-type': undefined, ...headers },
    body: bytes.toString('latin1'),
  };
}

/** A multipart body with the boundary `BOUNDARY`: header lines and content of each part. */
export function multipart(...parts: [headers: string[], content: string | Uint8Array][]): Buffer {
  const chunks = parts.flatMap(([headers, content]) => [
    Buffer.from(['--BOUNDARY', ...headers, '', ''].join('\r\n')),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...chunks, Buffer.from('--BOUNDARY--\r\n')]);
}
