import { z } from 'zod';
import { mcpSource } from '../../sources/manifest/mcp-source.js';
import { isUrl } from '../../sources/read/read-url.js';
import { takeUpstream } from '../take-source.js';
import { usageError } from '../usage-error.js';
import type { Addition, AddRequest } from './addition.js';
import { missing } from './missing.js';
import { refuseId } from './refuse-id.js';
import { refuseInvalid } from './refuse-invalid.js';

/** `add mcp <address>` or `add mcp -- <program> <argument> …`: what another MCP server lists now. */
export async function addUpstream(request: AddRequest): Promise<Addition> {
  const { session, manifest, ask } = request;
  const { args } = session;
  const { headers, env, prefix } = args.add;
  const words = request.words.length > 0 ? request.words : ((await ask?.server()) ?? []);
  const [first] = words;
  if (first === undefined)
    throw missing(
      'mcp',
      'where the server is',
      'https://example.com/mcp, or add mcp -- npx -y some-server',
    );
  if (isUrl(first) && words.length > 1) throw usageError(`${words[1]} is one word too many`);
  const connection = isUrl(first)
    ? { url: first, ...pairs('headers', '--header', headers) }
    : { command: words, ...pairs('env', '--env', env) };
  const id = args.add.id ?? idOf(words);
  refuseId(id, manifest.sources);
  const entry = {
    mcp: `specs/${id}.json`,
    connect: [connection],
    ...(prefix !== undefined && { prefix }),
    ...(args.include.length > 0 && { include: args.include }),
    ...(args.exclude.length > 0 && { exclude: args.exclude }),
  };
  const flags = {
    connect: isUrl(first) ? 'the address, or a --header,' : 'the command, or an --env,',
  };
  refuseInvalid(z.record(z.string(), mcpSource), { key: id, entry }, flags);
  const taken = await takeUpstream(session, { id, source: 'mcp:' }, mcpSource.parse(entry));
  return { section: 'sources', key: id, entry: { ...entry, mcp: taken.entry }, taken };
}

/** `NAME=value`, each once. */
function pairs(key: 'headers' | 'env', flag: string, given: readonly string[]) {
  if (given.length === 0) return {};
  const entries = given.map((word): [string, string] => {
    const at = word.indexOf('=');
    if (at < 1) throw usageError(`${flag} "${word}" is not like NAME=value`);
    return [word.slice(0, at), word.slice(at + 1)];
  });
  return { [key]: Object.fromEntries(entries) };
}

/** `npx -y @acme/server-memory` → `memory`; `https://mcp.example.com/` → `example`. */
function idOf(words: readonly string[]): string {
  const [first = ''] = words;
  const name = isUrl(first) ? hostOf(first) : nameOf(words);
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/(?:^|-)(?:mcp|server)(?=-|$)/g, '')
    .replace(/^[^a-z]+|-+$/g, '');
  return slug.slice(0, 40).replace(/-+$/, '') || 'upstream';
}

function hostOf(address: string): string {
  const { hostname } = new URL(address);
  if (/^[\d.]+$|^\[/.test(hostname)) return '';
  const labels = hostname.split('.').filter((label) => !['www', 'mcp', 'api'].includes(label));
  return labels[0] ?? '';
}

/** The first argument that is neither a flag nor a program that starts others. */
function nameOf(words: readonly string[]): string {
  const word = words.find((part) => !/^-|^(?:npx|node|bunx|uvx|pnpm|dlx|docker|run)$/.test(part));
  const base = (word ?? '').split(/[\\/]/).pop() ?? '';
  return base.replace(/(?<=.)@[^@]*$/, '').replace(/\.[cm]?[jt]s$/, '');
}
