import { createHmac } from 'node:crypto';
import { type FaultContext, replyOfFault } from './fault-replies.js';
import { isRedirect, isScriptFault, takeFault } from './faults.js';
import { customerCentrePage, loginPage } from './pages.js';
import { runReceiver } from './receiver.js';
import {
  type Answer,
  htmlAnswer,
  jsonAnswer,
  methodNotAllowed,
  misdirected,
  type Reply,
  tooManyRequests,
  unavailable,
} from './replies.js';
import { type ScriptBody } from './script-body.js';
import { SCRIPT_SOURCE } from './script-source.js';
import { isRunning, type Tenant } from './tenants.js';
import { isThrottled } from './throttle.js';

/** One request to `/CustNNNNN/CS/scripts/customer.fcgi`. */
export interface ScriptCall {
  method: string;
  /** Domain prefix of the host that was called. */
  hostPrefix: string | undefined;
  query: URLSearchParams;
  body: ScriptBody;
  /** The header `X-CRMSCRIPT-SIGNATURE`. */
  signature: string | undefined;
}

/** What SuperOffice does with a call, from the outermost check to the script. */
export async function replyToScriptCall(
  tenant: Tenant,
  call: ScriptCall,
  context: Omit<FaultContext, 'run'>,
): Promise<Reply> {
  if (call.hostPrefix !== tenant.host) return misdirected('wrong-host');
  const run = () => runScript(tenant, call);
  if (!isRunning(tenant.state)) {
    const redirect = takeFault(tenant.faults, isRedirect);
    return redirect ? replyOfFault(redirect, { ...context, run }) : unavailable;
  }
  if (isThrottled(tenant, Date.now())) return tooManyRequests('throttled', 1);
  const fault = takeFault(tenant.faults, isScriptFault);
  return fault ? replyOfFault(fault, { ...context, run }) : run();
}

function hmacOf(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}

/** Finds the script and runs it; a wrong key and an unknown include name look the same from outside. */
function runScript(tenant: Tenant, { method, query, body, signature }: ScriptCall): Answer {
  if (query.get('action') !== 'safeParse') return htmlAnswer('other-action', 200, customerCentrePage);
  if (query.get('includeId') !== tenant.includeId) return htmlAnswer('wrong-include', 200, loginPage);
  if (query.get('key') !== tenant.key) return htmlAnswer('wrong-key', 200, loginPage);
  if (tenant.blockedVerbs.includes(method)) {
    return tenant.blockedVerbStatus === 405 ? methodNotAllowed : htmlAnswer('blocked-verb', 200, loginPage);
  }
  if (!tenant.scriptHasTags) return htmlAnswer('source', 200, SCRIPT_SOURCE);
  if ('error' in body) return jsonAnswer(body.error, body.status, { ok: false, error: body.error });

  const { scriptVersion, signingSecret } = tenant;
  if (signingSecret !== '' && signature !== hmacOf(signingSecret, body.text)) {
    return jsonAnswer('bad-signature', 401, { ok: false, error: 'bad-signature' });
  }
  const received = runReceiver(tenant, body.payload, { scriptVersion, now: new Date() });
  const outcome = received.body.ok ? received.body.result : received.body.error;
  return jsonAnswer(outcome, received.status, received.body);
}
