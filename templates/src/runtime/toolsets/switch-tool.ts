import type { ServerTool } from '../tool.js';
import type { Toolset } from './toolset.js';

/** The generator keeps other tools from having this name. */
const NAME = 'toolsets';

/** Says which sets there are, and switches them. */
export function switchTool(toolsets: readonly Toolset[]): ServerTool {
  const names = (description: string) => ({
    type: 'array',
    items: { type: 'string', enum: toolsets.map(({ name }) => name) },
    uniqueItems: true,
    description,
  });
  return Object.freeze({
    name: NAME,
    title: 'Toolsets',
    description: [
      'Lists the sets of tools, and switches them on or off for this session. Tools of a set that is off cannot be called;',
      'switched on, they appear in the list of tools.',
      ...toolsets.map(({ name, description }) => `\n- ${name}: ${description}`),
    ].join(' '),
    annotations: {
      readOnlyHint: false,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
    inputSchema: {
      type: 'object',
      properties: {
        enable: names('Sets to switch on.'),
        disable: names('Sets to switch off.'),
      },
      additionalProperties: false,
    },
  });
}
