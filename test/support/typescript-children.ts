import { fileURLToPath } from 'node:url';

const loader = new URL('./typescript-loader.mjs', import.meta.url);

/** Lets processes that a test starts run TypeScript, as this one does: Node 20 cannot by itself. Import for its effect. */
if (!process.env['NODE_OPTIONS']?.includes(fileURLToPath(loader))) {
  process.env['NODE_OPTIONS'] = `${process.env['NODE_OPTIONS'] ?? ''} --import ${loader.href}`;
}
