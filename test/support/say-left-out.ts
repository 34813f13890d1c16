import { findMariadb } from '../sql/support/mariadb-server.js';
import { findPostgres } from '../sql/support/postgres-server.js';
import { corpusFile } from '../sql/support/corpus-schema.js';

/** Says after the run what was not tested because of what is not here: a number of skipped tests tells nobody why. */
export function teardown(): void {
  const missing = [
    ...(findPostgres() ? [] : ['a real PostgreSQL (apt-get install postgresql)']),
    ...(findMariadb() ? [] : ['a real MariaDB (apt-get install mariadb-server)']),
    ...(corpusFile('MANIFEST.md') ? [] : ['a corpus of schemas']),
  ];
  for (const what of missing) console.log(`left out: tests that need ${what}`);
}
