import type { Backend, BackendFactory } from '../backend.js';
import { createAvailability, readCheckMs } from '../changes/availability.js';
import { log } from '../log.js';
import { readResultLimit } from '../calls/result-limit.js';
import type { ServerTool } from '../tool.js';
import { readAudit } from './audit.js';
import { createSqlConnections } from './connections.js';
import type { SqlDatabase } from './database.js';
import { isThere } from './is-there.js';
import { sqlResources } from './sql-resources.js';
import { hasStatement } from './sql-tool.js';

/** The databases behind tools that read or change one. */
export function sqlBackend(databases: Record<string, SqlDatabase>): BackendFactory {
  return ({ env, access, announce }): Backend => {
    const connections = createSqlConnections(databases, env, access);
    const audit = readAudit(env);
    const maxResultChars = readResultLimit(env);
    const hiding = Object.values(databases).filter((one) => one.whenUnavailable === 'hide');
    const availability = createAvailability(
      hiding.map(({ id }) => id),
      (id, signal) => isThere(connections, id, signal),
      {
        everyMs: readCheckMs(env),
        changed: (id, there) => {
          log.info(there ? 'database appeared' : 'database disappeared', { database: id });
          announce?.('tools');
        },
      },
    );
    // Loaded with the first call: most of what a statement needs is not needed to say what the tools can do.
    let loaded: Promise<typeof import('./call-sql-tool.js')> | undefined;
    const load = () => (loaded ??= import('./call-sql-tool.js'));
    let checked: Promise<void> | undefined;
    const check = () => (checked ??= connections.check());
    return {
      serves: hasStatement,
      problems: (tool) => {
        if (!hasStatement(tool)) return [];
        const { source, action } = tool.sql;
        return action === 'describe' || action === 'find' ? [] : connections.problems(source);
      },
      call: async (tool, args, signal) => {
        if (!hasStatement(tool)) throw new TypeError(`${tool.name} has no statement`);
        const { callSqlTool } = await load();
        const outcome = await callSqlTool(tool, args, {
          connections,
          audit,
          maxResultChars,
          signal,
        });
        // Where nothing was prepared, the rights are looked at after the first call, so that it does not wait.
        void check();
        return outcome;
      },
      prepare: async () => {
        await Promise.all([load(), check()]);
      },
      ...(hiding.length > 0 && {
        changing: ['tools'] as const,
        shows: (tool: ServerTool) => !hasStatement(tool) || availability.has(tool.sql.source),
        begin: availability.begin,
      }),
      resources: sqlResources(databases),
      redact: connections.redact,
      close: async () => {
        availability.close();
        await connections.close();
      },
    };
  };
}
