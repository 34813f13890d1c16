import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const report = process.env['CREATE_MCP_SERVER_TEST_REPORT'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/properties.ts'],
    globalSetup: ['test/support/say-left-out.ts', 'test/support/temporary-files.ts'],
    // Most tests wait for processes of their own.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
});
