import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installed } from '../mock/installed.mjs';

const run = promisify(execFile);
const PACKAGE = '@modelcontextprotocol/conformance@0.2.0-alpha.12';
/** The suite wants Node 22; npm brings one where this is older. */
const NODE = 'node@22.23.3';

/** The protocol's conformance suite, installed once. */
export async function installSuite() {
  const isNew = Number(process.versions.node.split('.')[0]) >= 22;
  const packages = isNew ? [PACKAGE] : [PACKAGE, NODE];
  const modules = join(
    await installed('conformance', packages, { scripts: !isNew }),
    'node_modules',
  );
  const node = isNew ? process.execPath : join(modules, 'node/bin/node');
  const program = join(modules, '@modelcontextprotocol/conformance/dist/index.js');

  return {
    /** Every scenario for servers: its name and the versions of the protocol that it is for; none for an extension. */
    scenarios: async () => {
      const { stdout } = await run(node, [program, 'list', '--server']);
      return [...stdout.matchAll(/^ {2}- (\S+) \[(.*)\]$/gm)].map(([, name, versions]) => ({
        name,
        versions: versions.split(',').filter((version) => version !== 'extension'),
      }));
    },
    /** The checks of one scenario, and why it counts as failed although none of them did. */
    check: async (url, scenario, version) => {
      const output = await mkdtemp(join(tmpdir(), 'conformance-'));
      const argv = ['server', '--url', url, '--scenario', scenario, '--spec-version', version];
      try {
        const outcome = await run(node, [program, ...argv, '-o', output], {
          timeout: 60_000,
        }).catch((error) => error);
        const [folder] = await readdir(output);
        const text = folder && (await readFile(join(output, folder, 'checks.json'), 'utf8'));
        const checks = text ? JSON.parse(text) : [];
        const told = checks.some(({ status }) => status !== 'SKIPPED' && status !== 'INFO');
        const failed = checks.some(({ status }) => status === 'FAILURE');
        if (!told) return { checks, problem: 'nothing was checked' };
        if (outcome instanceof Error && !failed) return { checks, problem: outcome.message };
        return { checks };
      } finally {
        await rm(output, { recursive: true, force: true });
      }
    },
  };
}
