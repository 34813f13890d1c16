// The Inspector's `--strict` lint over the tool lists of emitted servers, over stdio:
//   node bench/inspect-strict.mjs [openapi document …]
// Needs `npm run build` before, and the network once, to install the Inspector. Exit code 1 when a list has an error.
import { execFile } from 'node:child_process';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { emitProject } from './mock/emitted.mjs';
import { installed } from './mock/installed.mjs';
import { table } from './mock/table.mjs';

const run = promisify(execFile);
const fixture = (name) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
const FIXTURES = [fixture('petstore/openapi.yaml'), fixture('wire/openapi.yaml')];
const documents = process.argv.length > 2 ? process.argv.slice(2) : FIXTURES;

const folder = await installed('inspector', ['@modelcontextprotocol/inspector@2.12.0']);
const inspector = join(
  folder,
  'node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js',
);

const rows = [['document', 'tools', 'errors', 'warnings', '']];
const reports = [];
for (const document of documents) rows.push(await inspect(document));
console.log(table(rows));
for (const report of reports) console.log(`\n${report}`);
process.exitCode = rows.slice(1).some((row) => row[2] !== 0) ? 1 : 0;

async function inspect(document) {
  const name = join(basename(dirname(document)), basename(document));
  let project;
  try {
    project = await emitProject(document);
  } catch (error) {
    return [name, 0, 1, 0, error.message.split('\n')[0]];
  }
  try {
    const target = [process.execPath, project.main, '--stdio'];
    const argv = [inspector, '--cli', ...target, '--method', 'tools/list', '--strict'];
    const { stdout, stderr, code } = await run(process.execPath, argv, {
      cwd: project.root,
      maxBuffer: 256 * 1024 * 1024,
      timeout: 120_000,
    }).catch((error) => error);
    const { tools } = JSON.parse(await project.text('mcp.tools.json'));
    const [, errors = 0, warnings = 0] = /(\d+) errors?, (\d+) warnings?/.exec(stderr) ?? [];
    if (Number(errors) > 0) reports.push(`${name}\n${errorsOf(stderr)}`);
    const listed = /"tools"/.test(stdout);
    if (!listed) return [name, tools.length, 1, 0, `no list (exit code ${code})`];
    return [name, tools.length, Number(errors), Number(warnings), ''];
  } finally {
    await project.remove();
  }
}

/** The paragraphs of the report that are errors, at most twenty. */
function errorsOf(report) {
  const paragraphs = report.split(/\n\n/).filter((text) => /^Error: tool/m.test(text));
  return paragraphs.slice(0, 20).join('\n\n');
}
