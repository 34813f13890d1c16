// The official conformance suite against an emitted server:  node bench/conformance.mjs [openapi document]
// Needs `npm run build` before, and the network once, to install the suite. Exit code 1 when a check fails.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startDemoUpstream } from './demo-upstream.mjs';
import { emitProject, startEmitted } from './mock/emitted.mjs';
import { installed } from './mock/installed.mjs';
import { table } from './mock/table.mjs';

const run = promisify(execFile);
const PETSTORE = fileURLToPath(new URL('../fixtures/petstore/openapi.yaml', import.meta.url));
const SUITE = '@modelcontextprotocol/conformance@0.2.0-alpha.12';
/** The suite wants Node 22; npm brings one where this is older. */
const NODE = 'node@22.23.3';

const MODERN = '2026-07-28';
const LEGACY = '2025-11-25';
const SCENARIOS = [
  ['tools-list', [MODERN, LEGACY]],
  ['resources-list', [MODERN, LEGACY]],
  ['prompts-list', [MODERN, LEGACY]],
  ['caching', [MODERN]],
  ['sep-2164-resource-not-found', [MODERN]],
  ['http-header-validation', [MODERN]],
  ['dns-rebinding-protection', [MODERN, LEGACY]],
  ['server-initialize', [LEGACY]],
  ['ping', [LEGACY]],
];

const suite = await installSuite();
const project = await emitProject(process.argv[2] ?? PETSTORE);
const upstream = await startDemoUpstream();
const server = await startEmitted(project, { PET_SHOP_BASE_URL: upstream.url });
const rows = [['scenario', 'version', 'passed', 'failed', 'warnings']];
const failures = [];
try {
  for (const [scenario, versions] of SCENARIOS) {
    for (const version of versions) {
      const { checks, problem } = await runScenario(scenario, version);
      const count = (status) => checks.filter((check) => check.status === status).length;
      rows.push([scenario, version, count('SUCCESS'), count('FAILURE'), count('WARNING')]);
      const failed = checks.filter(({ status }) => status === 'FAILURE');
      for (const { id, description, errorMessage = description } of failed) {
        failures.push(`${scenario} (${version}) › ${id}: ${errorMessage}`);
      }
      if (problem) failures.push(`${scenario} (${version}): ${problem}`);
    }
  }
} finally {
  await server.stop();
  await upstream.close();
  await project.remove();
}
console.log(table(rows));
for (const failure of failures) console.log(`FAILED ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;

async function installSuite() {
  const isNew = Number(process.versions.node.split('.')[0]) >= 22;
  const folder = await installed('conformance', isNew ? [SUITE] : [SUITE, NODE], {
    scripts: !isNew,
  });
  const modules = join(folder, 'node_modules');
  return {
    node: isNew ? process.execPath : join(modules, 'node/bin/node'),
    program: join(modules, '@modelcontextprotocol/conformance/dist/index.js'),
  };
}

/** The checks of one scenario, and why it counts as failed although none of them did. */
async function runScenario(scenario, version) {
  const output = await mkdtemp(join(tmpdir(), 'conformance-'));
  const argv = ['server', '--url', server.url, '--scenario', scenario, '--spec-version', version];
  try {
    const outcome = await run(suite.node, [suite.program, ...argv, '-o', output], {
      timeout: 60_000,
    }).catch((error) => error);
    const [folder] = await readdir(output);
    const text = folder && (await readFile(join(output, folder, 'checks.json'), 'utf8'));
    const checks = text ? JSON.parse(text) : [];
    const passed = checks.some(({ status }) => status === 'SUCCESS');
    const failed = checks.some(({ status }) => status === 'FAILURE');
    if (!passed && !failed) return { checks, problem: 'nothing was checked' };
    if (outcome instanceof Error && !failed) return { checks, problem: outcome.message };
    return { checks };
  } finally {
    await rm(output, { recursive: true, force: true });
  }
}
