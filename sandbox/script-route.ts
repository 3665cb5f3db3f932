import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connections } from './connections.js';
import { domainOf, hostPrefix } from './hosts.js';
import { notFound } from './replies.js';
import { deliveryIdOf, readScriptBody } from './script-body.js';
import { replyToScriptCall } from './script-endpoint.js';
import { sendReply } from './send-reply.js';
import type { Tenants } from './tenants.js';

interface ScriptRequest {
  params: { cust: string };
  body: unknown;
  raw: IncomingMessage;
}

/** A call of a receiver script and what came of it. */
export interface AnsweredCall {
  customerInstance: string;
  deliveryId: string | undefined;
  /** As in the counters: `created`, `duplicate`, `wrong-key` … */
  outcome: string;
}

interface ScriptRouteContext {
  tenants: Tenants;
  connections: Connections;
  /** Aborted when the sandbox closes. */
  closing: AbortSignal;
  onAnswer: (call: AnsweredCall) => void;
}

/** Counts a call of the script endpoint and carries out what becomes of it. */
export async function handleScriptCall(
  { tenants, connections, closing, onAnswer }: ScriptRouteContext,
  { params, body: bytes, raw: { method = '', url = '', headers } }: ScriptRequest,
  reply: { hijack: () => unknown; raw: ServerResponse },
): Promise<void> {
  // Several replies are no HTTP answers at all, so none of them goes through fastify.
  reply.hijack();
  const tenant = tenants.find(params.cust);
  if (!tenant) {
    tenants.unknownHits += 1;
    sendReply(reply.raw, notFound, connections);
    return;
  }
  const { host = '' } = headers;
  const body = readScriptBody(Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0));
  const deliveryId = deliveryIdOf(body);
  const query = new URL(url, 'https://localhost').searchParams;
  const at = new Date().toISOString();
  tenant.counter.enter(at, deliveryId);
  const leave = () => tenant.counter.leave();
  try {
    const result = await replyToScriptCall(
      tenant,
      { method, hostPrefix: hostPrefix(host), query, body, headers },
      { deliveryId: deliveryId ?? '', statusPageUrl: `https://online.${domainOf(host)}/status`, closing },
    );
    const { outcome } = result;
    const status = 'status' in result ? result.status : undefined;
    tenant.counter.record({
      at,
      method,
      host,
      outcome,
      ...(status !== undefined && { status }),
      ...(deliveryId !== undefined && { deliveryId }),
    });
    onAnswer({ customerInstance: params.cust, deliveryId, outcome });
    sendReply(reply.raw, result, connections, leave);
  } catch (error) {
    leave();
    reply.raw.destroy();
    // The waiting of a slow call ends so when the sandbox closes; anything else is a defect.
    if (!closing.aborted) throw error;
  }
}
