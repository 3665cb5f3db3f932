import { createHash } from 'node:crypto';

/** An id of the shape of the service's own, which the receiver script knows again. */
export function deliveryKey(subject: string, index: number): string {
  return createHash('sha256').update(`${subject}/${index}`).digest('hex').slice(0, 32);
}
