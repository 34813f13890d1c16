import { describe, expect, it } from 'vitest';
import type { Lock } from '../../src/workspace/lock.js';
import { nextLock } from '../../src/workspace/next-lock.js';
import { hashOf, type Owner } from '../../src/workspace/project-file.js';
import { reconcile } from '../../src/workspace/reconcile.js';

/** Letters stand for texts (JSON, as merging needs it); `-` for absent. */
const text = (letter: string) => JSON.stringify({ is: letter, all: 1 }, null, 2);

function decide(owner: Owner, locked: string, disk: string, next: string, force = false): string {
  const sha256 = hashOf(text(locked));
  const files = new Map(locked === '-' ? [] : [['f', { owner, sha256 }]]);
  const inputs = new Map(owner === 'user' ? [['f', sha256]] : []);
  const lock: Lock = { generator: '1.0.0', inputs, tools: new Map(), files };
  const texts = new Map(disk === '-' ? [] : [['f', text(disk)]]);
  const rendered = next === '-' ? [] : [{ path: 'f', owner, text: text(next) }];
  const bases = new Map([['f', text(locked)]]);
  return reconcile(lock, texts, rendered, { force, bases }).map(({ action }) => action)[0]!;
}

describe('reconcile', () => {
  it.each<[string, string, string, string, string, string, string, string]>([
    // case, L, D, N, managed, seed, merged, user
    ['new', '-', '-', 'n', 'create', 'create', 'create', 'create'],
    ['deleted by the user', 'a', '-', 'n', 'restore', 'keep', 'keep', 'restore'],
    ['there already', '-', 'n', 'n', 'unchanged', 'unchanged', 'unchanged', 'unchanged'],
    ['not ours', '-', 'd', 'n', 'conflict', 'keep', 'conflict', 'conflict'],
    ['changed by the generator', 'a', 'a', 'n', 'update', 'keep', 'update', 'update'],
    ['edited', 'n', 'd', 'n', 'keep', 'keep', 'keep', 'keep'],
    ['changed by both', 'a', 'd', 'n', 'conflict', 'keep', 'merge', 'conflict'],
    ['changed by both alike', 'a', 'n', 'n', 'unchanged', 'unchanged', 'unchanged', 'unchanged'],
    ['no longer generated', 'a', 'a', '-', 'delete', 'keep', 'keep', 'keep'],
    ['edited, no longer generated', 'a', 'd', '-', 'keep', 'keep', 'keep', 'keep'],
    ['gone on both sides', 'a', '-', '-', 'keep', 'keep', 'keep', 'keep'],
  ])('%s (lock %s, disk %s, new %s)', (_, l, d, n, managed, seed, merged, user) => {
    const owners: Owner[] = ['managed', 'seed', 'merged', 'user'];
    expect(owners.map((owner) => decide(owner, l, d, n))).toEqual([managed, seed, merged, user]);
  });

  it('turns conflicts alone into updates when forced', () => {
    expect(decide('managed', '-', 'd', 'n', true)).toBe('update');
    expect(decide('managed', 'n', 'd', 'n', true)).toBe('keep');
    expect(decide('seed', '-', 'd', 'n', true)).toBe('keep');
  });

  it('takes CRLF for no edit', () => {
    const rendered = [{ path: 'f', owner: 'managed' as const, text: 'a\nb\n' }];
    const steps = reconcile(undefined, new Map([['f', 'a\r\nb\r\n']]), rendered);
    expect(steps.map(({ action }) => action)).toEqual(['unchanged']);
  });

  it('G9 treats __proto__ as any other name', () => {
    const rendered = [{ path: '__proto__', owner: 'managed' as const, text: 'x' }];
    expect(reconcile(undefined, new Map(), rendered)).toEqual([
      { path: '__proto__', owner: 'managed', action: 'create', reason: '' },
    ]);
  });
});

describe('nextLock', () => {
  it('keeps what is known of kept files and forgets what is no longer generated', () => {
    const entry = (text: string) => ({ owner: 'managed' as const, sha256: hashOf(text) });
    const before: Lock = {
      generator: '0.9.0',
      inputs: new Map(),
      tools: new Map(),
      files: new Map([
        ['edited', entry('n')],
        ['gone', entry('g')],
        ['stale', entry('old')],
      ]),
    };
    const disk = new Map([
      ['edited', 'mine'],
      ['gone', 'mine too'],
      ['stale', 'old'],
    ]);
    const rendered = [
      { path: 'edited', owner: 'managed' as const, text: 'n' },
      { path: 'stale', owner: 'managed' as const, text: 'new' },
      { path: 'mcp.yaml', owner: 'user' as const, text: 'name: x' },
    ];
    const steps = reconcile(before, disk, rendered);
    const after = nextLock(before, steps, rendered, '1.0.0');
    expect([...after.files]).toEqual([
      ['edited', entry('n')],
      ['mcp.yaml', { owner: 'user', sha256: hashOf('name: x') }],
      ['stale', entry('new')],
    ]);
    expect([...after.inputs]).toEqual([['mcp.yaml', hashOf('name: x')]]);
  });
});
