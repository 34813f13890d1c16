// Loaded with --import: sends this process a signal before one of its calls that write files, as SIGNAL_AT says: `SIGTERM
// rename 3` for the third.
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const [signal, name, at] = process.env.SIGNAL_AT.split(' ');
const original = fs[name];
let count = 0;
fs[name] = async (...args) => {
  count += 1;
  if (count === Number(at)) {
    process.kill(process.pid, signal);
    // The handler of a signal runs in a later turn; SIGKILL has none.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return original(...args);
};
syncBuiltinESMExports();
