import { allExamples, createCaller, textOf } from './support/call.js';
import { startDatabases } from './support/databases.js';

// A first look without a server: every tool of a database called once on made-up rows, and what comes back.
const MAX_SHOWN = 300;

const started = await startDatabases();
const caller = createCaller(started.env);
try {
  for (const { tool, args } of allExamples()) {
    if (!('sql' in tool)) continue;
    const text = textOf(await caller.call(tool, args));
    const shown = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
    console.log(`${tool.name} ${JSON.stringify(args)}\n  ${shown}\n`);
  }
} finally {
  await caller.close();
  await started.close();
}
