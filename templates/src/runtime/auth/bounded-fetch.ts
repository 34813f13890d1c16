/** Metadata and keys are a few kilobytes. */
const MAX_BYTES = 262_144;

/** The response with a body that has been read, as far as it may be long. Redirects are given back, not followed. */
export async function boundedFetch(
  url: string,
  { signal, headers }: { signal: AbortSignal; headers?: Headers },
): Promise<Response> {
  const response = await fetch(url, { redirect: 'manual', signal, ...(headers && { headers }) });
  const parts: Uint8Array[] = [];
  let size = 0;
  // Also a redirect or an error has one, and leaving it unread would keep the connection.
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > MAX_BYTES) throw new TypeError(`more than ${MAX_BYTES} bytes`);
    parts.push(part);
  }
  const { status } = response;
  const isEmpty = status === 204 || status === 205 || status === 304;
  return new Response(isEmpty ? null : Buffer.concat(parts), { status });
}
