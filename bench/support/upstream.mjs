// An API on loopback that answers every request alike, in a process of its own; prints its address.
import { createServer } from 'node:http';

const ANSWER = JSON.stringify({ id: 'a1', name: 'One of many', status: 'active', tags: ['x'] });

const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json' }).end(ANSWER);
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
process.on('disconnect', () => process.exit(0));
