import { expect, it } from 'vitest';
import { isManifestText } from '../../src/cli/source-kind.js';

it.each([
  ['name: a\nsources: {}\n', true],
  ['name: a\ntools:\n  b: { hidden: true }\n', true],
  ['# mine\n"name": a\nprompts: {}\n', true],
  ['{ "name": "a", "tools": { "b": {} } }', true],
  ['{ "sources": {} }', true],
  ['tools: {}\n', false],
  ['info: { title: a }\nname: a\ntools: {}\npaths: {}\n', false],
  ['openapi: 3.1.0\nname: a\nresources: {}\n', false],
  ['{ "name": "a", "tools": [{ "name": "b" }] }', false],
  ['{ "swagger": "2.0", "name": "a", "tools": {} }', false],
  ['{ "name": "a", "tools": {}', false],
])('%j is a manifest: %s', (text, want) => expect(isManifestText(text)).toBe(want));
