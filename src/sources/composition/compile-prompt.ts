import type { Prompt } from '../../blueprint/offers.js';
import type { PromptEntry } from '../manifest/offers.js';
import type { Place } from './checker.js';
import { textNames, type OfferCalls } from './offer-calls.js';
import { offerTexts } from './offer-texts.js';

export type PromptContext = {
  /** Its entry in `file`. */
  place: Place;
  file: string;
  calls: OfferCalls;
  /** Reports a URI that nothing is read by. */
  checkUri: (uri: string, place: Place) => void;
};

/** A prompt of mcp.yaml. */
export function compilePrompt(
  name: string,
  entry: PromptEntry,
  { place, file, calls, checkUri }: PromptContext,
): Prompt {
  const declared = Object.entries(entry.arguments ?? {});
  const names = declared.map(([key]) => key);
  const completed = declared.flatMap(([key, { complete }]) =>
    complete === undefined ? [] : [[key, complete] as const],
  );
  return {
    name,
    ...offerTexts(entry),
    arguments: declared.map(([key, argument]) => ({
      name: key,
      ...offerTexts(argument),
      required: argument.required === true,
    })),
    messages: messagesOf(entry, names, { place, calls, checkUri }),
    ...(completed.length > 0 && {
      complete: calls.completionsAt(
        Object.fromEntries(completed),
        (key) => place.at(['arguments', key, 'complete']),
        names,
      ),
    }),
    origin: { file, path: place.path },
  };
}

function messagesOf(
  entry: PromptEntry,
  names: string[],
  { place, calls, checkUri }: Omit<PromptContext, 'file'>,
): Prompt['messages'] {
  const scope = textNames(names);
  return entry.messages.map(({ role, text, resource, tool, with: given = {} }, index) => {
    const at = place.at(['messages', index]);
    if (text !== undefined) return { role, text: at.at(['text']).value(text, scope).expression };
    if (tool !== undefined) {
      const found = calls.toolAt(tool, at.at(['tool']));
      return { role, tool, with: found ? calls.argumentsAt(found, given, at, scope) : {} };
    }
    const uri = at.at(['resource']).value(resource, scope).expression;
    if ('value' in uri) checkUri(String(uri.value), at.at(['resource']));
    return { role, resource: uri };
  });
}
