import type { Guards } from './guard.js';

/** The guards that this project has. */
export const guards: Guards = {
  postgres: () => import('./postgres.js'),
  mysql: () => import('./mysql.js'),
  sqlite: () => import('./sqlite.js'),
};
