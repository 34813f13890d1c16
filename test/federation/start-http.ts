import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A server process on a port of the system's choice, and where it answers. */
export async function startHttp(main: string, env: Record<string, string>) {
  const child = spawn(process.execPath, [main, '--http', '--port', '0'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(said)));
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /url="([^"]+)"/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return {
    url,
    close: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
