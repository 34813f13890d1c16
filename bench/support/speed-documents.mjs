import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { syntheticDocument } from './synthetic-document.mjs';

const CORPUS = fileURLToPath(new URL('../../../shared/corpus/openapi/dev/', import.meta.url));
const DOCUMENTS = [
  { name: 'petstore', file: 'petstore-20.json', operations: 20 },
  { name: 'gitea', file: 'gitea-template.json', operations: 279 },
  { name: 'zoom', file: 'zoom.json', operations: 373 },
  { name: 'github', file: 'github-rest.json.gz', operations: 1223 },
  { name: 'msgraph', file: 'msgraph.json.gz', operations: 11422, isLarge: true },
];
const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

/**
 * Writes the documents that speed is measured with into `folder`: those of the corpus, where it lies beside the
 * repository, else synthetic ones of the same numbers of operations. Gives for each its name, its file, and the file of
 * a second version in which the description of one operation differs.
 */
export function writeSpeedDocuments(folder, { corpus = CORPUS, large = false, only = '' } = {}) {
  return DOCUMENTS.filter(({ name, isLarge }) => (large || !isLarge) && name.includes(only)).map(
    ({ name, file, operations }) => {
      const source = join(corpus, file);
      const isReal = existsSync(source);
      const text = isReal ? read(source) : JSON.stringify(syntheticDocument(operations));
      const document = join(folder, `${name}.json`);
      const changed = join(folder, `${name}-changed.json`);
      writeFileSync(document, text);
      writeFileSync(changed, changeOne(text));
      return { name: isReal ? name : `synthetic ${operations}`, operations, document, changed };
    },
  );
}

function read(path) {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

function changeOne(text) {
  const document = JSON.parse(text);
  const items = Object.values(document.paths);
  const operation = items.flatMap((item) => METHODS.map((method) => item[method]))[0];
  const found = operation ?? items.map((item) => item.get ?? item.post).find(Boolean);
  found.description = `${found.description ?? ''} Changed.`;
  return JSON.stringify(document, null, 2);
}
