import { holdsInvisible, visibleText } from '../../blueprint/model-text.js';
import type { Skipped } from '../../blueprint/types.js';
import type { UpstreamSnapshot } from './snapshot.js';

type Lists = Omit<UpstreamSnapshot, 'server'>;

/** RFC 6570: expressions in braces, which do not nest. */
const TEMPLATE = /^(?:[^{}]|\{[^{}]+\})*$/;
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const MAX_URI = 2_000;

/** What cannot be asked for by its name or URI, because callers could not see or write it, is left out. */
export function unusable(lists: Lists, file: string): { usable: Lists; skipped: Skipped[] } {
  const skipped: Skipped[] = [];
  const keep = <Item>(kind: keyof Lists, items: Item[], reasonFor: (item: Item) => unknown) =>
    items.filter((item, index) => {
      const reason = reasonFor(item);
      if (typeof reason !== 'string') return true;
      const { name } = item as { name: string };
      const what = visibleText(name).slice(0, 200);
      skipped.push({ what, reason, origin: { file, path: [kind, index] } });
      return false;
    });
  const hidden = (text: string) => holdsInvisible(text) && 'its name has characters nobody sees';
  return {
    usable: {
      tools: lists.tools,
      resources: keep('resources', lists.resources, ({ uri }) => uriProblem(uri)),
      templates: keep('templates', lists.templates, ({ uriTemplate }) =>
        TEMPLATE.test(uriTemplate) ? uriProblem(uriTemplate) : 'its URI is no template (RFC 6570)',
      ),
      prompts: keep('prompts', lists.prompts, ({ name }) => hidden(name)),
    },
    skipped,
  };
}

function uriProblem(uri: string): string | undefined {
  if (!URI.test(uri)) return 'its URI has no scheme';
  if (uri.length > MAX_URI) return `its URI is longer than ${MAX_URI} characters`;
  return holdsInvisible(uri) ? 'its URI has characters nobody sees' : undefined;
}
