import { actionCases } from './cases/actions.js';
import { filterCases } from './cases/filters.js';
import { relationCases } from './cases/relations.js';
import { statementCases } from './cases/statements.js';
import { writeCases } from './cases/writes.js';
import { runCases, startSqlite } from './support/engines.js';

runCases('SQLite', {
  dialect: 'sqlite',
  start: startSqlite,
  missing: undefined,
  cases: [actionCases, writeCases, relationCases, statementCases, filterCases],
});
