import type { Blueprint, Setting } from '../blueprint/types.js';

/** A setting as the documents show it; `default` is empty where there is none. */
export type ShownSetting = Required<Setting> & { kind: string };

/** The environment variables of all sources, and of who may call, each once: required ones first, then in the order of the sources. */
export function settingsOf({ sources, auth }: Blueprint): ShownSetting[] {
  const byName = new Map<string, ShownSetting>();
  const given = [...sources.flatMap(({ settings }) => settings), ...(auth?.settings ?? [])];
  for (const setting of given) {
    const known = byName.get(setting.env);
    if (known) {
      known.named ||= setting.named ?? false;
      known.file ||= setting.file ?? '';
      if (setting.secret) Object.assign(known, { secret: true, default: '' });
      continue;
    }
    byName.set(setting.env, {
      ...setting,
      named: setting.named ?? false,
      file: setting.file ?? '',
      default: setting.secret ? '' : (setting.default ?? ''),
      kind: setting.required ? 'required' : 'optional',
    });
  }
  const all = [...byName.values()];
  return [...all.filter(({ required }) => required), ...all.filter(({ required }) => !required)];
}
