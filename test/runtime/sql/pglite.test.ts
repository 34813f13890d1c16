import { actionCases } from './cases/actions.js';
import { filterCases } from './cases/filters.js';
import { postgresCases } from './cases/postgres-kinds.js';
import { relationCases } from './cases/relations.js';
import { statementCases } from './cases/statements.js';
import { writeCases } from './cases/writes.js';
import { runCases, startPglite } from './support/engines.js';

runCases('PGlite', {
  dialect: 'postgres',
  start: startPglite,
  missing: undefined,
  cases: [actionCases, writeCases, relationCases, statementCases, filterCases, postgresCases],
});
