import type { LookupAddress } from 'node:dns';
import { onTestFinished } from 'vitest';
import { createGuardedAgent } from '../../../src/superoffice/guarded-agent.js';
import { callHttp } from '../../../src/superoffice/http.js';
import { startTcpListener } from './tcp-listener.js';

/**
 * A listener on this machine, and a guarded way to it whose names resolve as a test says; both end with the test. A
 * call answers the error that it ends with.
 */
export async function guardedListener(
  privateNetworks: string[],
  resolve: (hostname: string) => Promise<LookupAddress[]>,
) {
  const listener = await startTcpListener();
  const dispatcher = createGuardedAgent({
    policy: { domain: `superoffice.com:${listener.port}`, privateNetworks },
    resolve,
  });
  onTestFinished(async () => {
    await dispatcher.destroy();
    await listener.close();
  });
  const call = (host: string): Promise<unknown> =>
    callHttp(dispatcher, {
      url: new URL(`https://${host}:${listener.port}/scripts/customer.fcgi?key=zq7-secret`),
      template: '/',
      method: 'POST',
      body: '{}',
      timeoutMs: 20_000,
    }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
  return { call, connections: () => listener.connections() };
}
