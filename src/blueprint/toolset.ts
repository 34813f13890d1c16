/** Tools that are switched on and off together; what the emitted runtime documents as `Toolset`. */
export type Toolset = {
  name: string;
  description: string;
  enabled: boolean;
  /** Names of its tools, as they are listed, sorted. */
  tools: string[];
};

/** Name of the tool that switches them. */
export const SWITCH_TOOL = 'toolsets';

/** Names of the sets that a tool waits for: it is listed when one of them is on. Empty when it is listed anyway. */
export function waitsFor(tool: string, toolsets: readonly Toolset[]): string[] {
  const sets = toolsets.filter(({ tools }) => tools.includes(tool));
  return sets.some(({ enabled }) => enabled) ? [] : sets.map(({ name }) => name);
}
