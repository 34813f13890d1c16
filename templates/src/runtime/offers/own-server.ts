import type { Catalogue } from '../catalogue.js';
import type { CallTool } from '../serve/create-server.js';
import { readResource } from '../serve/serve-resources.js';
import { ToolCallError } from '../calls/tool-call-error.js';
import type { OwnServer } from './offers.js';

/** The server as its own resources and prompts ask it; what it is made of is there when it serves. */
export function createOwnServer(catalogue: () => Catalogue, call: CallTool): OwnServer {
  return {
    callTool: async (name, args, signal, caller) => {
      const tool = catalogue().tools.get(name);
      if (tool === undefined) throw new TypeError(`there is no tool named ${name}`);
      const result = await call(tool, args, signal, caller);
      if (result.isError === true) throw new ToolCallError(result);
      return result;
    },
    read: (uri, signal, caller) => readResource(catalogue().resources, uri, signal, caller),
  };
}
