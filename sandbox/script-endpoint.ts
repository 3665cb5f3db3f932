import type { IncomingHttpHeaders } from 'node:http';
import { tablesOf } from './crm-rows.js';
import { runScript, type ScriptAnswer } from './crmscript/run-script.js';
import { ScriptError, ScriptKilledError } from './crmscript/errors.js';
import { type FaultContext, replyOfFault } from './fault-replies.js';
import { isRedirect, isScriptFault, takeFault } from './faults.js';
import { installedScript, SCRIPT_SOURCE } from './installed-script.js';
import { customerCentrePage, loginPage, scriptFailedPage } from './pages.js';
import {
  type Answer,
  answer,
  htmlAnswer,
  jsonAnswer,
  methodNotAllowed,
  misdirected,
  type Reply,
  tooManyRequests,
  unavailable,
} from './replies.js';
import { type ScriptBody } from './script-body.js';
import { isRunning, type Tenant } from './tenants.js';
import { isThrottled } from './throttle.js';

/** One request to `/CustNNNNN/CS/scripts/customer.fcgi`. */
export interface ScriptCall {
  method: string;
  /** Domain prefix of the host that was called. */
  hostPrefix: string | undefined;
  query: URLSearchParams;
  body: ScriptBody;
  /** By name, in lower case. */
  headers: IncomingHttpHeaders;
}

/** What SuperOffice does with a call, from the outermost check to the script. */
export async function replyToScriptCall(
  tenant: Tenant,
  call: ScriptCall,
  context: Omit<FaultContext, 'run'>,
): Promise<Reply> {
  if (call.hostPrefix !== tenant.host) return misdirected('wrong-host');
  const run = () => callScript(tenant, call);
  if (!isRunning(tenant.state)) {
    const redirect = takeFault(tenant.faults, isRedirect);
    return redirect ? replyOfFault(redirect, { ...context, run }) : unavailable;
  }
  if (isThrottled(tenant, Date.now())) return tooManyRequests('throttled', 1);
  const fault = takeFault(tenant.faults, isScriptFault) ?? tenant.weather?.ofScriptCall();
  return fault ? replyOfFault(fault, { ...context, run }) : run();
}

/** Finds the script and runs it; a wrong key and an unknown include name look the same from outside. */
function callScript(tenant: Tenant, { method, query, body, headers }: ScriptCall): Answer {
  if (query.get('action') !== 'safeParse') return htmlAnswer('other-action', 200, customerCentrePage);
  if (query.get('includeId') !== tenant.includeId) return htmlAnswer('wrong-include', 200, loginPage);
  if (query.get('key') !== tenant.key) return htmlAnswer('wrong-key', 200, loginPage);
  if (tenant.blockedVerbs.includes(method)) {
    return tenant.blockedVerbStatus === 405 ? methodNotAllowed : htmlAnswer('blocked-verb', 200, loginPage);
  }
  if (!tenant.scriptHasTags) return htmlAnswer('source', 200, SCRIPT_SOURCE);
  if ('error' in body) return jsonAnswer(body.error, body.status, { ok: false, error: body.error });

  const request = { body: body.text, headers: textsOf(headers) };
  try {
    const { status, headers, body, logged } = runScript(
      installedScript(tenant),
      request,
      tablesOf(tenant, tenant.tables),
    );
    tenant.debugLog.push(...logged);
    const { 'content-type': contentType = '', ...others } = headers;
    return answer(outcomeOf(body), status, contentType, body, others);
  } catch (error) {
    // What SuperOffice answers then is not documented: "shown as if the script failed" (docs: try-catch.md).
    if (!(error instanceof ScriptError || error instanceof ScriptKilledError)) throw error;
    tenant.debugLog.push(error.message);
    return htmlAnswer('script-failed', 500, scriptFailedPage);
  }
}

/** The result or the error that the script answers, for the counters. */
function outcomeOf(body: ScriptAnswer['body']): string {
  const { result, error } = JSON.parse(body) as { result?: string; error?: string };
  return result ?? error ?? 'ok';
}

function textsOf(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
