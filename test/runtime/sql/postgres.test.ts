import { actionCases } from './cases/actions.js';
import { filterCases } from './cases/filters.js';
import { postgresCases } from './cases/postgres-kinds.js';
import { relationCases } from './cases/relations.js';
import { statementCases } from './cases/statements.js';
import { writeCases } from './cases/writes.js';
import { noPostgres, runCases, startPostgresServer } from './support/engines.js';

runCases('PostgreSQL', {
  dialect: 'postgres',
  start: startPostgresServer,
  missing: noPostgres,
  cases: [actionCases, writeCases, relationCases, statementCases, filterCases, postgresCases],
});
