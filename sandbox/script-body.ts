/** The contract's limit for a request body, in bytes. */
export const MAX_BODY_BYTES = 1_000_000;

/** A request body as the script gets it, or what the sandbox, not SuperOffice, finds wrong with it. */
export type ScriptBody = { text: string } | { status: number; error: string };

/** Reads the raw bytes of a request, and holds the sender to the contract: ASCII, and not too large. */
export function readScriptBody(bytes: Buffer): ScriptBody {
  if (bytes.length > MAX_BODY_BYTES) return { status: 413, error: 'too-large' };
  if (bytes.some((byte) => byte > 0x7f)) return { status: 400, error: 'not-ascii' };
  return { text: bytes.toString('latin1') };
}

/** The delivery that a request is about, as far as it can be told. */
export function deliveryIdOf(body: ScriptBody): string | undefined {
  if ('error' in body) return undefined;
  try {
    const payload = JSON.parse(body.text) as { deliveryId?: unknown } | null;
    const deliveryId = payload?.deliveryId;
    return typeof deliveryId === 'string' && deliveryId !== '' ? deliveryId : undefined;
  } catch {
    return undefined;
  }
}
