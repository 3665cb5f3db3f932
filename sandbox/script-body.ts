/** The contract's limit for a request body, in bytes. */
export const MAX_BODY_BYTES = 1_000_000;

/** A request body as the script gets it, or why it takes it not. */
export type ScriptBody = { payload: unknown; text: string } | { status: number; error: string };

/** Reads the raw bytes of a request; no body at all is an empty payload, as a GET brings it. */
export function readScriptBody(bytes: Buffer): ScriptBody {
  if (bytes.length > MAX_BODY_BYTES) return { status: 413, error: 'too-large' };
  if (bytes.some((byte) => byte > 0x7f)) return { status: 400, error: 'not-ascii' };
  const text = bytes.toString('latin1');
  if (text.trim() === '') return { payload: {}, text };
  try {
    return { payload: JSON.parse(text), text };
  } catch {
    return { status: 400, error: 'bad-json' };
  }
}

/** The delivery that a request is about, as far as it can be told. */
export function deliveryIdOf(body: ScriptBody): string | undefined {
  if ('error' in body) return undefined;
  const { payload } = body;
  if (typeof payload !== 'object' || payload === null || !('deliveryId' in payload)) return undefined;
  const { deliveryId } = payload;
  return typeof deliveryId === 'string' && deliveryId !== '' ? deliveryId : undefined;
}
