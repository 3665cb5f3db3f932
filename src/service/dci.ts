import tls from 'node:tls';
import { Agent } from 'undici';
import type { Config } from '../config.js';
import { createDciRecordings, type DciRecordings } from '../dci/recordings.js';

/** Time to reach DCI, in milliseconds, TLS included. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * The way out to DCI's API. Its address is configuration, and never a tenant's: unlike SuperOffice's, it may be in a
 * private network.
 */
export function openDci({ dci, superOffice }: Pick<Config, 'dci' | 'superOffice'>): {
  recordings: DciRecordings | undefined;
  close: () => Promise<void>;
} {
  const { apiUrl } = dci;
  if (apiUrl === undefined) return { recordings: undefined, close: () => Promise.resolve() };
  const { certificateAuthority } = superOffice;
  const dispatcher = new Agent({
    connect: {
      timeout: CONNECT_TIMEOUT_MS,
      ...(certificateAuthority !== undefined && { ca: [...tls.rootCertificates, certificateAuthority] }),
    },
  });
  return {
    recordings: createDciRecordings({ dispatcher, apiUrl }),
    close: () => dispatcher.destroy(),
  };
}
