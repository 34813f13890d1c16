// What a driver alone costs for the queries of the tools: a process that runs as many of them as a message says.
//   fork('bare-queries.mjs', [postgres address]), send({ tool: 'list' | 'get', count })
// Answers with the CPU time that it has used so far (`cpuMs`).
import pg from 'pg';
import { byClients } from './take-turns.mjs';

const CLIENTS = 8;
const QUERIES = {
  list: `SELECT t."id", t."name", t."price", t."made" FROM "items" AS t WHERE t."kind" = $1 ORDER BY t."id" LIMIT 21`,
  get: `SELECT t."id", t."name", t."kind", t."price", t."made" FROM "items" AS t WHERE t."id" = $1`,
};

const pool = new pg.Pool({ connectionString: process.argv[2], max: CLIENTS });
process.on('message', async ({ tool, count }) => {
  const text = QUERIES[tool];
  await byClients(CLIENTS, count, (n) => pool.query({ name: tool, text, values: [n % 10] }));
  const { user, system } = process.cpuUsage();
  process.send({ cpuMs: (user + system) / 1000 });
});
process.on('disconnect', () => pool.end());
