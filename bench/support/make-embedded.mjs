// Makes the embedded database of an emitted project: node make-embedded.mjs <compiled src> <address> [--rows]
// Without --rows its tables stay empty.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [source, address, rows] = process.argv.slice(2);
const load = (file) => import(pathToFileURL(join(source, file)).href);
const { databases } = await load('generated/databases.js');
const { samples } = await load('generated/samples.js');
const { openDriver } = await load('runtime/sql/drivers/open-driver.js');
const { creating, fillWithSample } = await load('runtime/sql/sample.js');

const [[id, database]] = Object.entries(databases);
const sample = samples[id];
const statements = sample.statements.filter((text) => rows || !text.startsWith('INSERT '));
const driver = openDriver({ database, address: creating(address), env: {} });
try {
  await fillWithSample(driver, { ...sample, statements });
} finally {
  await driver.close();
}
