/**
 * Reads another server's answer as text.
 *
 * @throws Error if it is longer than that many bytes; it stops reading there
 */
export async function boundedText(response: Response, bytesMost: number): Promise<string> {
  const body: AsyncIterable<Uint8Array> | null = response.body;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > bytesMost) throw new Error(`The answer has more than ${bytesMost} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
