import { configureLog } from '../../../../templates/src/runtime/log.js';

/** Lines that the code under test has logged since. */
export function quietLog(level = 'warn'): string[] {
  const lines: string[] = [];
  configureLog({ LOG_LEVEL: level }, (line) => void lines.push(line));
  return lines;
}
