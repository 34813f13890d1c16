import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/create-mcp-server.js', import.meta.url));

/** What is typed once a text stands on the screen. */
export type Answer = [shown: string, typed: string];

export const ENTER = '\r';
export const DOWN = '\u001b[B';
export const CTRL_C = '\u0003';

/** Whether programs can be given a terminal here: `script` of util-linux makes one. */
export const hasTerminals = /util-linux/.test(
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '',
);

/** Runs the program on a terminal of its own and answers its questions, each when it is asked. */
export async function onTerminal(
  cwd: string,
  args: readonly string[],
  answers: readonly Answer[],
): Promise<{ code: number; screen: string; asked: number }> {
  // A new terminal has no width.
  const quoted = [process.execPath, bin, ...args].map((word) => `'${word}'`).join(' ');
  const env = { PATH: process.env['PATH'], TERM: 'xterm', CREATE_MCP_SERVER_CACHE: 'off' };
  const child = spawn('script', ['-qfec', `stty cols 200 rows 50; exec ${quoted}`, '/dev/null'], {
    cwd,
    env,
  });
  let screen = '';
  let unread = '';
  let asked = 0;
  const answer = () => {
    const [shown, typed] = answers[asked] ?? [];
    const at = shown === undefined ? -1 : unread.indexOf(shown);
    if (shown === undefined || at < 0) return;
    unread = unread.slice(at + shown.length);
    asked += 1;
    // The question stands before the terminal listens for keys.
    setTimeout(() => child.stdin.write(typed!), 50);
  };
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString();
    unread += chunk.toString();
    answer();
  });
  const [code] = (await once(child, 'exit')) as [number];
  return { code, screen, asked };
}
