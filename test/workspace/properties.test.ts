import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Owner, ProjectFile } from '../../src/workspace/project-file.js';
import { failing, file, json, plan, run, temporaryRoot, tree } from './support.js';

/** Path → owner of everything that a generator may make. */
const PATHS: Record<string, Owner> = {
  'src/generated/a.ts': 'managed',
  'src/generated/deep/b.ts': 'managed',
  'TOOLS.md': 'managed',
  'README.md': 'seed',
  'docs/.env.example': 'seed',
  'package.json': 'merged',
};
const paths = fc.constantFrom(...Object.keys(PATHS));

/** What a generator makes: a version of each file, or not. */
const projects: fc.Arbitrary<ProjectFile[]> = fc
  .tuple(...Object.keys(PATHS).map(() => fc.option(fc.nat(3), { freq: 4 })))
  .map((versions) =>
    Object.entries(PATHS).flatMap(([path, owner], index) => {
      const version = versions[index];
      if (version === null || version === undefined) return [];
      const text =
        owner === 'merged' ? json({ dependencies: { x: `${version}` } }) : `v${version}\n`;
      return [file(path, text, owner)];
    }),
  );

const KINDS = ['makeFolder', 'write', 'move', 'remove', 'removeEmptyFolder', 'removeTree'] as const;
const events = fc.oneof(
  fc.record({ kind: fc.constant('edit' as const), path: paths }),
  fc.record({
    kind: fc.constant('own' as const),
    path: fc.constantFrom('src/mine.ts', 'src/generated/mine.ts'),
  }),
  fc.record({ kind: fc.constant('delete' as const), path: paths }),
  fc.record({ kind: fc.constant('crlf' as const), path: paths }),
  fc.record({ kind: fc.constant('generate' as const), project: projects }),
  fc.record({ kind: fc.constant('killed' as const), project: projects, at: fc.nat(25) }),
);

it('loses no line of a user, whatever is edited, generated and killed, and settles', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(events, { maxLength: 14 }), projects, async (sequence, last) => {
      const { root, remove } = await temporaryRoot();
      try {
        const lines = new Map<string, string>();
        for (const [index, event] of [...sequence.entries()]) {
          const at = 'path' in event ? join(root, event.path) : root;
          const line = `line${index}`;
          if (event.kind === 'delete') rmSync(at, { force: true });
          else if (event.kind === 'crlf') rewrite(at, (text) => text.replaceAll(/\r?\n/g, '\r\n'));
          else if (event.kind === 'own') await own(root, event.path, line);
          else if (event.kind === 'edit') addLine(at, line);
          else if (event.kind === 'generate') await run(root, event.project).catch(() => undefined);
          else await kill(root, event.project, event.at);
          if (event.kind === 'delete') forget(lines, event.path);
          if ((event.kind === 'own' || event.kind === 'edit') && existsSync(at))
            lines.set(line, event.path);
          requireLines(root, lines);
        }
        await settle(root, last, lines);
      } finally {
        await remove();
      }
    }),
    { numRuns: Number(process.env['REGENERATE_RUNS'] ?? 60) },
  );
});

function rewrite(path: string, change: (text: string) => string): void {
  if (existsSync(path)) writeFileSync(path, change(readFileSync(path, 'utf8')));
}

function addLine(path: string, line: string): void {
  if (!path.endsWith('.json')) return rewrite(path, (text) => `${text}${line}\n`);
  rewrite(path, (text) => json({ ...JSON.parse(text), [line]: 'mine' }));
}

async function own(root: string, path: string, line: string): Promise<void> {
  if (!existsSync(join(root, 'src/generated'))) return;
  appendFileSync(join(root, path), `${line}\n`);
}

async function kill(root: string, project: ProjectFile[], at: number): Promise<void> {
  const { storage } = failing(at, [...KINDS], 'dies');
  await run(root, project, { storage }).catch(() => undefined);
  if (existsSync(join(root, '.mcp/run.pid')))
    writeFileSync(join(root, '.mcp/run.pid'), '2147483646');
}

function forget(lines: Map<string, string>, path: string): void {
  for (const [line, place] of lines) if (place === path) lines.delete(line);
}

function requireLines(root: string, lines: ReadonlyMap<string, string>): void {
  const files = tree(root);
  for (const [line, path] of lines) expect(files[path], path).toContain(line);
}

/** Takes away what is in conflict; then a run does all the rest, and the next one nothing. */
async function settle(
  root: string,
  last: ProjectFile[],
  lines: Map<string, string>,
): Promise<void> {
  for (const { action, path } of (await plan(root, last)).steps) {
    if (action !== 'conflict') continue;
    rmSync(join(root, path));
    forget(lines, path);
  }
  await run(root, last);
  requireLines(root, lines);
  const before = tree(root);
  expect(Object.keys(before).filter((path) => /stage-|run\.pid/.test(path))).toEqual([]);
  const { steps, apply } = await plan(root, last);
  expect(steps.filter(({ action }) => action !== 'unchanged' && action !== 'keep')).toEqual([]);
  expect(await apply()).toEqual({ written: [], deleted: [] });
  expect(tree(root)).toEqual(before);
}
