import { readChoice, type Environment } from './settings.js';

/** A setting that mcp.yaml names and gives no default. */
export type NeededSetting = { env: string; description: string; file?: string };

/** Says all that is missing at once, by name and never with a value. */
export class MissingSettings extends Error {
  constructor(missing: readonly NeededSetting[]) {
    const lines = missing.map(({ env, description, file }) => {
      const instead = file === undefined ? '' : `, and there is no ${file}`;
      return `${env} is not set${instead}: ${description}`;
    });
    super(lines.join('\n'));
    this.name = 'MissingSettings';
  }
}

/**
 * Refuses to start without what mcp.yaml asks for; `MISSING_SETTINGS=warn` starts all the same, for those who only want to see
 * what there is: the tools that need it refuse then. Throws MissingSettings.
 */
export function requireSettings(env: Environment, needed: readonly NeededSetting[] = []): void {
  if (readChoice(env, 'MISSING_SETTINGS', ['refuse', 'warn'], 'refuse') === 'warn') return;
  const missing = needed.filter(({ env: name }) => !env[name]?.trim());
  if (missing.length > 0) throw new MissingSettings(missing);
}
