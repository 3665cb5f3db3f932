import { resolve } from 'node:path';
import { z } from 'zod';
import { sampleCrm } from './sample-crm.js';
import { startSandbox } from './start.js';

const port = z.coerce.number().int().min(0).max(65_535);
const environment = z
  .object({
    SANDBOX_PORT: port.default(8443),
    SANDBOX_ADMIN_PORT: port.default(8444),
    SANDBOX_DCI_PORT: port.default(8445),
  })
  .parse(process.env);

const caFile = resolve('.data/sandbox-ca.pem');
const sandbox = await startSandbox({
  port: environment.SANDBOX_PORT,
  adminPort: environment.SANDBOX_ADMIN_PORT,
  dciPort: environment.SANDBOX_DCI_PORT,
  caFile,
});
const tenant = sandbox.addTenant({ customerInstance: 'Cust12345', ...sampleCrm() });

console.log(`A stand-in for SuperOffice runs.
  state API      ${sandbox.stateUrl}/${tenant.customerInstance}
  script         https://${tenant.host}.${sandbox.domain}/${tenant.customerInstance}/CS/scripts/customer.fcgi
  admin API      http://127.0.0.1:${sandbox.adminPort}/tenants/${tenant.customerInstance}

Connect a tenant of the service with
  domain prefix "${tenant.host}", customer instance "${tenant.customerInstance}", token key "${tenant.key}"

The service needs
  SUPEROFFICE_DOMAIN=${sandbox.domain}
  SUPEROFFICE_CA_FILE=${caFile}
  SUPEROFFICE_PRIVATE_NETWORKS=127.0.0.0/8
  DCI_API_URL=${sandbox.dci.url}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.close());
}
