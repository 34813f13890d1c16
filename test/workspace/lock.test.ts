import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/diagnostics/diagnostic.js';
import { parseLock, writeLock, type Lock } from '../../src/workspace/lock.js';

const sha = 'a'.repeat(64);
const lock: Lock = {
  generator: '1.2.3',
  inputs: new Map([['mcp.yaml', sha]]),
  tools: new Map([['listPets', { operation: 'pets GET /pets', security: [{ key: [] }] }]]),
  files: new Map([
    ['src/b.ts', { owner: 'managed', sha256: sha }],
    ['README.md', { owner: 'seed', sha256: sha }],
  ]),
};

describe('lock', () => {
  it('is sorted and survives writing and reading', () => {
    const text = writeLock(lock);
    expect(text.indexOf('README.md')).toBeLessThan(text.indexOf('src/b.ts'));
    expect(writeLock(parseLock(text))).toBe(text);
    expect(parseLock(text).files.get('src/b.ts')).toEqual({ owner: 'managed', sha256: sha });
  });

  const file = (path: string) =>
    `{"lockVersion":1,"generator":"1","inputs":{},"files":{${JSON.stringify(path)}:{"owner":"managed","sha256":"${sha}"}}}`;
  it.each([
    ['no JSON', '{', 'it is not JSON'],
    ['merge marks', '{\n<<<<<<< HEAD\n', 'it holds merge marks, line 2'],
    [
      'a newer format',
      '{"lockVersion":2}',
      'lockVersion: 2 was written by a newer create-mcp-server',
    ],
    ['a list', '[]', 'lockVersion: is missing'],
    ['null', 'null', 'lockVersion: is missing'],
    [
      'a hash that is none',
      '{"lockVersion":1,"generator":"1","inputs":{"a":"b"},"files":{}}',
      'inputs.a',
    ],
    ['a path out of the project', file('../x'), '"../x" is not a path in the project'],
    ['an absolute path', file('/etc/passwd'), '"/etc/passwd" is not a path in the project'],
    ['a drive', file('C:/x'), '"C:/x" is not a path in the project'],
    ['a backslash', file('a\\..\\b'), 'is not a path in the project'],
    ['the repository', file('.git/config'), '".git/config" is not a path in the project'],
  ])('G10 is refused with %s', (_, text, why) => {
    expect(() => parseLock(text)).toThrow(InputError);
    expect(() => parseLock(text)).toThrow(why);
  });
});
