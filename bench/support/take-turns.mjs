import { median } from './measured.mjs';

/**
 * Milliseconds of CPU per call and calls per second of each contender, a function that makes so many calls (`run`) and one
 * that tells what its process has used (`usage`). `first` is of the calls at the start, when Node compiles; `cpu` and
 * `perSecond` are medians of rounds after `warmUp` calls, in which the contenders take turns: a machine that changes its
 * speed does so for all of them.
 */
export async function takeTurns(contenders, { first = 500, warmUp, rounds, calls }) {
  const known = Object.entries(contenders).map(([name, it]) => ({ name, it, taken: [] }));
  for (const one of known) {
    one.first = (await measure(one.it, first)).cpu;
    await one.it.run(warmUp - first);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const { it, taken } of known) taken.push(await measure(it, calls));
  }
  return Object.fromEntries(
    known.map(({ name, first: cpu, taken }) => [
      name,
      {
        first: cpu,
        cpu: median(taken.map((one) => one.cpu)),
        perSecond: median(taken.map((one) => one.perSecond)),
      },
    ]),
  );
}

async function measure({ run, usage }, count) {
  const before = await usage();
  const started = performance.now();
  await run(count);
  const seconds = (performance.now() - started) / 1000;
  const after = await usage();
  return { cpu: (after.cpuMs - before.cpuMs) / count, perSecond: count / seconds };
}

/** Makes `count` calls by so many clients, each of which waits for its answer before it asks again. */
export async function byClients(clients, count, call) {
  let next = 0;
  const client = async () => {
    for (; next < count;) await call((next += 1));
  };
  await Promise.all(Array.from({ length: clients }, client));
}
