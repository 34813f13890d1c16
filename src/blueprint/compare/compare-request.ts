import { canonicalJson, pointerKey } from './json.js';
import { toolChange, type ToolChange } from './tool-change.js';

type Request = Readonly<Record<string, string>>;

/** What leaves in another form. Arguments that are new or gone are told by the schemas. */
export function compareRequests(
  before: Request | undefined,
  after: Request | undefined,
): ToolChange[] {
  if (!before || !after || canonicalJson(before) === canonicalJson(after)) return [];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].sort().flatMap((name) => {
    const [old, now] = [own(before, name), own(after, name)];
    const isArgument = !name.startsWith('(');
    if (old === now || (isArgument && (old === undefined || now === undefined))) return [];
    const what = WORDS[name] ?? (isArgument ? `argument "${name}" is sent as` : `${name} is`);
    const message = `request changed: ${what} ${shown(now)} instead of ${shown(old)}`;
    return [
      toolChange('request-changed', `/request${pointerKey(name)}`, message, {
        ...(old !== undefined && { before: old }),
        ...(now !== undefined && { after: now }),
      }),
    ];
  });
}

const WORDS: Readonly<Record<string, string>> = {
  '(body)': 'the body is sent as',
  '(files)': 'files are',
};

function own(request: Request, name: string): string | undefined {
  return Object.hasOwn(request, name) ? request[name] : undefined;
}

function shown(words: string | undefined): string {
  return words === undefined ? 'nothing' : `"${words}"`;
}
