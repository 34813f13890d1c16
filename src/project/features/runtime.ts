import { readdirSync } from 'node:fs';
import type { Feature } from '../context.js';

const RUNTIME = new URL('../../../templates/src/runtime/', import.meta.url);

/** The half of the server that is the same for all: copied as it is. */
export const runtime: Feature = () =>
  readdirSync(RUNTIME, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => ({
      path: `src/runtime/${file}`,
      owner: 'managed',
      copy: `src/runtime/${file}`,
    }));
