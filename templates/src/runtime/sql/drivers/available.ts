import type { Drivers } from './open-driver.js';

/** The drivers that this project has. */
export const drivers: Drivers = {
  postgres: () => import('./postgres.js'),
  pglite: () => import('./pglite.js'),
  mysql: () => import('./mysql.js'),
  sqlite: () => import('./sqlite.js'),
};
