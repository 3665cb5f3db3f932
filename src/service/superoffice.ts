import tls from 'node:tls';
import type { Config } from '../config.js';
import { createSuperOfficeClient, type SuperOfficeClient } from '../superoffice/client.js';
import { createGuardedAgent } from '../superoffice/guarded-agent.js';
import { createTenantDirectory } from '../superoffice/tenant-directory.js';

/** The way out to SuperOffice: one pool of guarded connections for everything. */
export function openSuperOffice(config: Config['superOffice']): {
  client: SuperOfficeClient;
  close: () => Promise<void>;
} {
  const { policy, certificateAuthority, requestTimeoutMs } = config;
  const dispatcher = createGuardedAgent({
    policy,
    certificateAuthorities:
      certificateAuthority === undefined ? undefined : [...tls.rootCertificates, certificateAuthority],
  });
  const directory = createTenantDirectory({ dispatcher, policy });
  return {
    client: createSuperOfficeClient({ dispatcher, policy, directory, requestTimeoutMs }),
    close: () => dispatcher.destroy(),
  };
}
