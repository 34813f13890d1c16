import type { CallToolResult, ReadResourceResult } from '@modelcontextprotocol/server';

type Contents = ReadResourceResult['contents'];

const TEXT =
  /^(?:text\/|application\/(?:json|xml|yaml|javascript|[\w.+-]*\+(?:json|xml))\b|image\/svg)/i;

/** Bytes as text where their type says so, in base64 elsewhere. */
export function fileContents(uri: string, bytes: Buffer, mimeType: string): Contents {
  if (TEXT.test(mimeType)) return [{ uri, mimeType, text: bytes.toString('utf8') }];
  return [{ uri, mimeType, blob: bytes.toString('base64') }];
}

/** What a tool answered, as what can be read: each block by itself. */
export function resultContents(
  uri: string,
  { content }: CallToolResult,
  mimeType: string | undefined,
): Contents {
  return content.flatMap((block): Contents => {
    if (block.type === 'text') {
      return [{ uri, mimeType: mimeType ?? kindOf(block.text), text: block.text }];
    }
    if (block.type === 'image' || block.type === 'audio') {
      return [{ uri, mimeType: block.mimeType, blob: block.data }];
    }
    return block.type === 'resource' ? [block.resource] : [];
  });
}

function kindOf(text: string): string {
  try {
    JSON.parse(text);
    return 'application/json';
  } catch {
    return 'text/plain';
  }
}
