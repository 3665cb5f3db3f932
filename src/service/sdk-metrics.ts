import { request } from 'undici';

/** Longer than that nobody who reads the metrics waits for those of the SDK, in milliseconds. */
const TIMEOUT_MS = 2_000;

/** The Temporal SDK's own figures, in Prometheus' text format; empty while they can't be had. */
export type SdkMetrics = () => Promise<string>;

/** Reads them where the SDK serves them: at an address that only this machine reaches. */
export function readSdkMetrics(address: string): SdkMetrics {
  return async () => {
    try {
      const { body } = await request(`http://${address}/metrics`, {
        headersTimeout: TIMEOUT_MS,
        bodyTimeout: TIMEOUT_MS,
      });
      return await body.text();
    } catch {
      return '';
    }
  };
}
