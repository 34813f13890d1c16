import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPositionals } from '../../src/cli/positionals.js';
import { temporaryFolder } from './support.js';

describe('readPositionals', () => {
  const { dir, remove } = temporaryFolder();
  beforeAll(() => {
    writeFileSync(join(dir, 'openapi.yaml'), '');
    mkdirSync(join(dir, 'existing'));
    mkdirSync(join(dir, 'chek'));
  });
  afterAll(remove);

  it.each<[string[], { source?: string; dir?: string }]>([
    [[], {}],
    [['openapi.yaml'], { source: 'openapi.yaml' }],
    [['openapi.yaml', 'out'], { source: 'openapi.yaml', dir: 'out' }],
    [['out', './openapi.yaml'], { source: './openapi.yaml', dir: 'out' }],
    [['https://example.com/x', 'out'], { source: 'https://example.com/x', dir: 'out' }],
    [['-', 'out'], { source: '-', dir: 'out' }],
    [['my-server'], { dir: 'my-server' }],
    [['existing'], { dir: 'existing' }],
    [['./regenrate'], { dir: './regenrate' }],
    [['chek'], { dir: 'chek' }],
    [['openapi.yaml', 'petstore'], { source: 'openapi.yaml', dir: 'petstore' }],
  ])('%j → %j', (words, want) => expect(readPositionals(words, dir)).toEqual(want));

  it.each<[string[], string]>([
    [['nowhere.yaml'], 'cannot read nowhere.yaml: there is no such file'],
    [['nowhere.yml', 'out'], 'cannot read nowhere.yml: there is no such file'],
    [['one', 'two'], 'cannot read one: there is no such file'],
    [['regenrate'], '"regenrate" is not a command'],
    [['inpsect', 'openapi.yaml'], '"inpsect" is not a command'],
    [['CHECK'], '"CHECK" is not a command'],
  ])('%j is refused', (words, message) => {
    expect(() => readPositionals(words, dir)).toThrow(message);
  });
});
