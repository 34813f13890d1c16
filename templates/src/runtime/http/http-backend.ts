import type { Backend, BackendFactory } from '../backend.js';
import { hasRequest } from './http-tool.js';
import type { HttpSource } from './operation.js';
import { createUpstreams } from './upstreams.js';

/** The APIs behind tools that make a request. */
export function httpBackend(sources: Record<string, HttpSource>): BackendFactory {
  return ({ env, userAgent, hooks }): Backend => {
    const upstreams = createUpstreams(sources, env, { userAgent });
    // Loaded with the first call: most of what a request needs is not needed to say what the tools can do.
    const load = () => import('./call-http-tool.js');
    return {
      serves: hasRequest,
      problems: (tool) => (hasRequest(tool) ? upstreams.problems(tool) : []),
      call: async (tool, args, signal) => {
        if (!hasRequest(tool)) throw new TypeError(`${tool.name} makes no request`);
        const { runHttpTool } = await load();
        return runHttpTool(tool, args, { upstreams, signal, hooks });
      },
      prepare: async () => {
        await Promise.all([load(), upstreams.connections()]);
      },
      redact: upstreams.redact,
      close: upstreams.close,
    };
  };
}
