// What a driver alone costs for the queries of the tools: node bare-queries.mjs <postgres address> <calls>
// Prints the CPU time of one call of each, in milliseconds.
import pg from 'pg';

const [address, count] = process.argv.slice(2);
const CLIENTS = 8;
const LIST = `SELECT t."id", t."name", t."price", t."made" FROM "items" AS t WHERE t."kind" = $1 ORDER BY t."id" LIMIT 21`;
const GET = `SELECT t."id", t."name", t."kind", t."price", t."made" FROM "items" AS t WHERE t."id" = $1`;

const pool = new pg.Pool({ connectionString: address, max: CLIENTS });
const result = {};
for (const [name, text] of Object.entries({ list: LIST, get: GET })) {
  const run = async (calls) => {
    let next = 0;
    const client = async () => {
      for (; next < calls;) await pool.query({ name, text, values: [(next += 1) % 10] });
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
  };
  await run(500);
  const before = process.cpuUsage();
  await run(Number(count));
  const { user, system } = process.cpuUsage(before);
  result[name] = (user + system) / 1000 / Number(count);
}
await pool.end();
console.log(JSON.stringify(result));
