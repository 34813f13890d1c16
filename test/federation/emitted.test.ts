import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notes } from './listed.js';
import { emitFederation } from './support.js';

describe('a project in front of two servers', () => {
  let project: Awaited<ReturnType<typeof emitFederation>>;
  beforeAll(async () => {
    project = await emitFederation({
      a: { connect: [{ url: '${A_URL:-https://example.com/mcp}' }], listed: notes },
      b: { connect: [{ command: ['b-server', '${B_FOLDER}'] }], prefix: 'b', listed: notes },
    });
  });
  afterAll(() => project?.remove());

  it('passes its own tests without these servers', async () => {
    const { output, failures } = await project.ownTests();
    expect(failures).toEqual([]);
    expect(output).toContain('b_read_note');
  });
});
