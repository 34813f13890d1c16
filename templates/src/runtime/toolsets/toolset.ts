/** Tools that are switched on and off together, as mcp.yaml groups them. */
export type Toolset = {
  name: string;
  description: string;
  /** Without anybody switching it. */
  enabled: boolean;
  /** Names of its tools. One that is in several sets is off when all of them are. */
  tools: string[];
};
