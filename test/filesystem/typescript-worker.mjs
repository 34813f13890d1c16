// The worker as its source: Node 20 cannot read TypeScript by itself.
import '../support/typescript-loader.mjs';

await import('../../templates/src/runtime/files/file-worker.ts');
