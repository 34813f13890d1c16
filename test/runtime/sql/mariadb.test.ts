import { actionCases } from './cases/actions.js';
import { filterCases } from './cases/filters.js';
import { oddTypeCases } from './cases/odd-types.js';
import { relationCases } from './cases/relations.js';
import { statementCases } from './cases/statements.js';
import { writeCases } from './cases/writes.js';
import { noMariadb, runCases, startMariadbServer } from './support/engines.js';

runCases('MariaDB', {
  dialect: 'mysql',
  start: startMariadbServer,
  missing: noMariadb,
  cases: [actionCases, writeCases, relationCases, statementCases, filterCases, oddTypeCases],
});
