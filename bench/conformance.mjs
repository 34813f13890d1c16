// The official conformance suite against emitted servers:  node bench/conformance.mjs [openapi document] [--fixtures]
// Of a document what every server must pass; with --fixtures all scenarios, against the server of fixtures/conformance.
// Needs `npm run build` before, and the network once, to install the suite. Exit code 1 when a check fails without a reason.
import { fileURLToPath } from 'node:url';
import { EXCEPTIONS } from './conformance/exceptions.mjs';
import { installSuite } from './conformance/suite.mjs';
import { startDemoUpstream } from './demo-upstream.mjs';
import { emitProject, startEmitted } from './mock/emitted.mjs';
import { table } from './mock/table.mjs';

const PETSTORE = fileURLToPath(new URL('../fixtures/petstore/openapi.yaml', import.meta.url));
const FIXTURES = fileURLToPath(new URL('../fixtures/conformance/mcp.yaml', import.meta.url));

const MODERN = '2026-07-28';
const LEGACY = '2025-11-25';
/** What a server without the suite's own tools must pass. */
const BASE = [
  { name: 'tools-list', versions: [MODERN, LEGACY] },
  { name: 'resources-list', versions: [MODERN, LEGACY] },
  { name: 'prompts-list', versions: [MODERN, LEGACY] },
  { name: 'caching', versions: [MODERN] },
  { name: 'sep-2164-resource-not-found', versions: [MODERN] },
  { name: 'http-header-validation', versions: [MODERN] },
  { name: 'dns-rebinding-protection', versions: [MODERN, LEGACY] },
  { name: 'server-initialize', versions: [LEGACY] },
  { name: 'ping', versions: [LEGACY] },
];

const argv = process.argv.slice(2);
const only = argv.find((word) => word.startsWith('--only='))?.slice('--only='.length);
const withFixtures = argv.includes('--fixtures');
const [document = withFixtures ? FIXTURES : PETSTORE] = argv.filter(
  (word) => !word.startsWith('--'),
);
const suite = await installSuite();
const all = withFixtures ? await suite.scenarios() : BASE;
const scenarios = all
  .map(({ name, versions }) => ({
    name,
    versions: versions.filter((version) => version === MODERN || version === LEGACY),
  }))
  .filter(({ name }) => only === undefined || name.includes(only));
const project = await emitProject(document);
const upstream = await startDemoUpstream();
const server = await startEmitted(project, { PET_SHOP_BASE_URL: upstream.url });
const rows = [['scenario', 'version', 'passed', 'failed', 'warnings', 'skipped', '']];
const failures = [];
/** By reason, what is excepted for it. */
const reasons = new Map();
const skipped = [];
try {
  for (const { name, versions } of scenarios) {
    for (const version of versions) await check(name, version);
  }
} finally {
  await server.stop();
  await upstream.close();
  await project.remove();
}
console.log(table(rows));
for (const [reason, of] of reasons) console.log(`EXCEPT ${of.join(', ')}: ${reason}`);
for (const one of skipped) console.log(`SKIPPED by the suite ${one}`);
const extensions = scenarios.filter(({ versions }) => versions.length === 0);
if (extensions.length > 0)
  console.log(
    `NOT RUN extensions, which no server has: ${extensions.map(({ name }) => name).join(', ')}`,
  );
for (const failure of failures) console.log(`FAILED ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;

async function check(scenario, version) {
  const { checks, wrong } = await outcome(server.url, scenario, version);
  const except = withFixtures ? EXCEPTIONS.find((one) => isOf(one, scenario, version)) : undefined;
  const unexplained = wrong.filter(
    ({ id }) => except === undefined || except.checks?.includes(id) === false,
  );
  const at = `${scenario} (${version})`;
  for (const { id, message } of unexplained) failures.push(`${at}${id && ` › ${id}`}: ${message}`);
  if (except !== undefined) {
    if (wrong.length === 0) failures.push(`${at}: it is no exception any more`);
    reasons.set(except.reason, [...(reasons.get(except.reason) ?? []), at]);
  }
  for (const { id, status, details } of checks)
    if (status === 'SKIPPED')
      skipped.push(`${at} › ${id}: ${details?.note ?? details?.message ?? ''}`);
  const count = (status) => checks.filter((one) => one.status === status).length;
  const counts = [count('SUCCESS'), count('FAILURE'), count('WARNING'), count('SKIPPED')];
  rows.push([scenario, version, ...counts, except === undefined ? '' : 'exception']);
}

/** All checks of a scenario, and what is wrong with those that failed or warn. */
async function outcome(url, scenario, version) {
  const { checks, problem } = await suite.check(url, scenario, version);
  const wrong = checks
    .filter(({ status }) => status === 'FAILURE' || status === 'WARNING')
    .map(({ id, description, errorMessage = description }) => ({ id, message: errorMessage }));
  if (problem) wrong.push({ id: '', message: problem });
  return { checks, wrong };
}

function isOf({ scenario, versions }, name, version) {
  return scenario === name && versions.includes(version);
}
