import { Socket } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { releaseLock, takeLock } from '../embedded/lock.js';
import { watchParent } from '../embedded/watch-parent.js';

const TERMINATE = 0x58;
const LOCK_MS = 2_000;

/** Serves one connection of PostgreSQL's protocol on the fourth file of this process, with the data in a folder. */
async function serve(folder: string): Promise<void> {
  const lock = `${folder}.lock`;
  const socket = new Socket({ fd: 3, allowHalfOpen: true });
  // The other side is gone: nobody is left to tell.
  socket.on('error', () => process.exit(1));
  if (!(await takeLockSoon(lock))) {
    socket.end(refusal('55006', `another process uses the database, or left ${lock}`));
    return;
  }
  const leave = async (): Promise<void> => {
    await engine.close();
    releaseLock(lock);
    process.exit(0);
  };
  const engine = new PGlite(folder);
  let last: Promise<void> = engine.waitReady;
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  socket.on('data', (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let end = 0;
    for (let size = sizeOf(rest, end, started); end + size <= rest.length;) {
      if (started && rest[end] === TERMINATE) {
        void last.then(leave);
        return;
      }
      started = true;
      end += size;
      size = sizeOf(rest, end, started);
    }
    if (end === 0) return;
    const messages = rest.subarray(0, end);
    rest = rest.subarray(end);
    last = last.then(async () => void socket.write(await engine.execProtocolRaw(messages)));
    last.catch(() => process.exit(1));
  });
  socket.on('end', () => void last.then(leave));
}

/** Whoever had the data may just be leaving. */
async function takeLockSoon(lock: string): Promise<boolean> {
  for (const end = Date.now() + LOCK_MS; Date.now() < end;) {
    if (takeLock(lock)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return takeLock(lock);
}

/** The message that ends a connection with an error (section 55.8). */
function refusal(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeUInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

/** Of the message at `at`: a letter and a length that counts itself, without the letter for the very first (section 55.7). */
function sizeOf(bytes: Buffer, at: number, started: boolean): number {
  const letter = started ? 1 : 0;
  return bytes.length < at + letter + 4 ? Infinity : bytes.readUInt32BE(at + letter) + letter;
}

watchParent();
void serve(process.argv[2] ?? '');
