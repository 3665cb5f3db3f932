import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createClient } from '@dci-superoffice/client';
import { sampleCrm } from '../sandbox/sample-crm.js';
import { type Sandbox, startSandbox } from '../sandbox/start.js';
import { developmentSecrets } from '../src/service/development-secrets.js';
import { curlCommand } from './curl-command.js';
import { apiTokenOf, sandboxEnvironment, startService } from './service-process.js';

const TENANT_ID = 'acme';
const customer = { domainPrefix: 'online2', customerInstance: 'Cust12345' };
const TOKEN_KEY = 'sandbox-key';
const POLL_MS = 250;

/** `npm start -- --sandbox`: the service with a stand-in for SuperOffice, and a tenant that is connected to it. */
const dataDir = resolve(process.env.DATA_DIR ?? '.data');
await mkdir(dataDir, { recursive: true, mode: 0o700 });
const caFile = join(dataDir, 'sandbox-ca.pem');
const logFile = join(dataDir, 'service.log');
const secrets = developmentSecrets(dataDir);

console.log('Starting the service, and a stand-in for SuperOffice …');
const sandbox = await startSandbox({ caFile });
sandbox.addTenant({ customerInstance: customer.customerInstance, key: TOKEN_KEY, ...sampleCrm() });
const service = await startService(
  { ...secrets, ...sandboxEnvironment(sandbox, caFile), DATA_DIR: dataDir },
  logFile,
).catch(async (error: unknown) => {
  await sandbox.close();
  throw error;
});

try {
  const token = apiTokenOf(secrets);
  const client = createClient({ baseUrl: service.url, token });
  await client.tenant(TENANT_ID).connect({ ...customer, token: TOKEN_KEY });
  console.log(`
API           ${service.url}
Temporal UI   ${service.temporalUi ?? 'that of your Temporal server'}
SuperOffice   http://127.0.0.1:${sandbox.adminPort}/tenants/${customer.customerInstance} (the stand-in's records and people)
Log           ${logFile}

The tenant "${TENANT_ID}" is connected. Hand a summary in, from another terminal:

${curlCommand({ url: service.url, tenantId: TENANT_ID, token })}

Ctrl-C ends it.
`);
  const telling = setInterval(tellerOf(sandbox), POLL_MS);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  clearInterval(telling);
} finally {
  await service.stop();
  await sandbox.close();
}

/** Tells of each record that has been filed since it was asked last. */
function tellerOf(sandbox: Sandbox): () => void {
  let told = 0;
  return () => {
    for (const { recordId, title, contactId, companyId } of sandbox
      .records(customer.customerInstance)
      .slice(told)) {
      told += 1;
      console.log(
        `Filed in SuperOffice: appointment ${recordId}, “${title}”, with person ${contactId} of company ${companyId}.`,
      );
    }
  };
}
