// @ts-check
// The strict validator in a thread that can be ended. Plain JavaScript, because a thread loads it as it stands.
import { parentPort, workerData } from 'node:worker_threads';
import SwaggerParser from '@apidevtools/swagger-parser';

/** Most violations that are told; those of a document that is wrong throughout are without number. */
const MOST = 5_000;

/** Nothing is looked up, in files or by addresses. */
const resolve = { external: false, file: false, http: false };

/** @typedef {{ instancePath: string, keyword: string, message?: string, params: Record<string, unknown> }} Detail */

const { document, isSwagger2, hasFiles } = workerData;
/** @type {Detail[]} */
const details = [];

// As it is written: with references followed, what is wrong in a component would be said of all who use it.
await validate({
  validate: { spec: false },
  dereference: { excludedPathMatcher: () => true },
});
// What the schema of Swagger 2.0 cannot say is checked on what references lead to; only the first violation is told.
if (isSwagger2 && !hasFiles && details.length === 0)
  await validate({ validate: { schema: false } });

parentPort?.postMessage({ details });

/** @param {object} options */
async function validate(options) {
  try {
    await SwaggerParser.validate(document, { resolve, ...options });
  } catch (error) {
    const { details: found, name, message } = /** @type {Error & { details?: Detail[] }} */ (error);
    if (found !== undefined) {
      for (const { instancePath, keyword, message: why, params } of found.slice(0, MOST))
        details.push({ instancePath, keyword, message: why, params });
    } else if (name === 'SyntaxError') {
      details.push({ instancePath: '', keyword: '', message, params: {} });
    }
    // Others are about references that lead nowhere, which are told elsewhere.
  }
}
