import type { Blueprint } from '../blueprint/types.js';

/** What `TOOLS.md` shows of the sets by which tools are switched. */
export type ToolsetsOverview = {
  hasToolsets: boolean;
  toolsets: { name: string; description: string; state: string; tools: string }[];
};

export function toolsetsOverview({ toolsets = [] }: Blueprint): ToolsetsOverview {
  return {
    hasToolsets: toolsets.length > 0,
    toolsets: toolsets.map(({ name, description, enabled, tools }) => ({
      ...{ name, description },
      state: enabled ? 'on' : 'off',
      tools: tools.join(', '),
    })),
  };
}
