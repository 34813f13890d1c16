import { describe, expect, it } from 'vitest';
import { planProject } from '../../src/project/plan.js';
import { renderBlueprint, textOf } from '../support/render.js';
import { read, refusal } from './support.js';

const manifest = (serve: string) => `
name: shop
sources: { petstore: { openapi: specs/petstore.yaml } }
serve: { ${serve} }
`;

async function planned(serve: string) {
  const blueprint = await read(manifest(serve));
  const options = { manifestText: '', specs: [], generatorVersion: '0.0.0' };
  return planProject(blueprint, options).map(({ path }) => path);
}

describe('serve.sessions', () => {
  it('has limits of its own, or those that are given', async () => {
    const sessions = async (given: string) => (await read(manifest(given))).sessions;
    expect(await sessions('sessions: true')).toEqual({
      ...{ max: 500, perCaller: 50, idleSeconds: 1_800 },
    });
    expect(await sessions('sessions: { max: 3, idleSeconds: 60 }')).toEqual({
      ...{ max: 3, perCaller: 50, idleSeconds: 60 },
    });
    expect(await sessions('sessions: false')).toBeUndefined();
    expect(await sessions('')).toBeUndefined();
  });

  it('brings what serves them into the project, which is not there else', async () => {
    const files = [
      'src/generated/sessions.ts',
      'src/runtime/sessions/event-store.ts',
      'src/runtime/sessions/http-sessions.ts',
      'src/runtime/sessions/open-requests.ts',
      'src/runtime/sessions/session.ts',
    ];
    const [without, none] = [await planned(''), await planned('sessions: false')];
    expect(none).toEqual(without);
    const more = (await planned('sessions: true')).filter((path) => !without.includes(path));
    expect(more).toEqual(files);
  });

  it('is handed to the server beside who may call', async () => {
    const auth = 'auth: { issuer: https://id.example, audience: https://mcp.example/mcp }';
    const blueprint = await read(manifest(`sessions: { max: 3 }, ${auth}`));
    const files = await renderBlueprint(blueprint);
    expect(textOf(files, 'src/main.ts')).toContain(
      'await start({ server, backends, tools, auth, sessions });',
    );
    expect(textOf(files, 'src/generated/sessions.ts')).toContain(
      '= httpSessions({\n  max: 3,\n  perCaller: 50,\n  idleSeconds: 1800,\n});',
    );
    expect(textOf(files, 'SETTINGS.md')).toContain(
      '- At most 3 are open at a time.\n- At most 50 of these are of one caller',
    );
  });

  it('has no effect over stdio alone, which is said', async () => {
    const blueprint = await read(manifest('transports: [stdio], sessions: true'));
    expect(blueprint.sessions).toBeUndefined();
    const [finding] = blueprint.findings.filter(({ code }) => code === 'MCP780');
    expect(finding).toMatchObject({
      severity: 'warning',
      origin: { file: 'mcp.yaml', path: ['serve', 'sessions'] },
    });
  });

  it('is refused with what it may be', async () => {
    expect(await refusal(manifest('sessions: { maximum: 3 }'))).toContain('MCP702');
    expect(await refusal(manifest('sessions: { max: 0 }'))).toContain('serve.sessions.max');
    expect(await refusal(manifest('sessions: often'))).toContain('serve.sessions');
  });
});
