import type { FetchSlipsArguments, FetchSlipsResult } from '../generated/handlers/fetch-slips.js';
import type { OwnHandler } from '../runtime/handler.js';

type Found = { paths: string[] };
type Part = { text?: string; next_offset?: number };

/** Every slip whole, however many calls that takes. */
export const handler: OwnHandler<FetchSlipsArguments, FetchSlipsResult> = async (
  { pattern },
  { callTool },
) => {
  const { data } = await callTool('find_files', { pattern });
  const slips: FetchSlipsResult['slips'] = [];
  for (const path of (data as Found).paths) {
    let text = '';
    let offset: number | undefined = 0;
    while (offset !== undefined) {
      const part: Part = (await callTool('read_file', { path, offset })).data as Part;
      text += part.text ?? '';
      offset = part.next_offset;
    }
    slips.push({ path, text });
  }
  return { slips };
};
