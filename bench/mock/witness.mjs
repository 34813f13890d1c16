import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';

/**
 * A proxy on loopback that remembers what the mock said of the last request: `{ status, violations }`. Prism tells its
 * violations in a header, whatever documented response it chooses. `status` is undefined while nothing was answered.
 */
export async function startWitness(target) {
  let last = {};
  const server = createServer((request, response) => {
    last = {};
    const { method, url, headers } = request;
    const forward = httpRequest(new URL(target), { method, path: url, headers }, (answer) => {
      last = { status: answer.statusCode, violations: violationsOf(answer.headers) };
      response.writeHead(answer.statusCode, answer.headers);
      answer.on('error', () => response.destroy()).pipe(response);
    });
    forward.on('error', () => response.destroy());
    request.pipe(forward);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    forget: () => (last = {}),
    last: () => last,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What says something of the mock, not of the request. */
const UNABLE = /We currently do not support this type of security scheme/;

/** Each violation of a request with its place; those of the mock's own response do not count. */
function violationsOf(headers) {
  try {
    return JSON.parse(headers['sl-violations'] ?? '[]')
      .filter(({ location: [side], severity }) => side === 'request' && severity === 'Error')
      .filter(({ message }) => !UNABLE.test(message))
      .map(({ location: [, ...place], message }) => `${place.join('.')}: ${message}`);
  } catch {
    return [];
  }
}
