import type { ServerResponse } from 'node:http';
import type { Connections } from './connections.js';
import type { Reply } from './replies.js';

/** Statuses whose answers have no body (RFC 9110 §6.4.1). */
const bodyless: ReadonlySet<number> = new Set([204, 205, 304]);

/** Carries out a reply, and calls back when SuperOffice is through with the request. */
export function sendReply(
  response: ServerResponse,
  reply: Reply,
  connections: Connections,
  onOver: () => void = () => undefined,
): void {
  if (reply.kind === 'silence') {
    if (response.closed || response.destroyed) onOver();
    else response.once('close', onOver);
    return;
  }
  // Before the answer leaves: a client that calls again at once must not meet its own former call.
  onOver();
  switch (reply.kind) {
    case 'reset':
      if (response.socket) connections.reset(response.socket);
      return;
    case 'truncated': {
      const body = Buffer.from(reply.body);
      response.writeHead(reply.status, { ...reply.headers, 'content-length': body.length });
      response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
      return;
    }
    case 'answer': {
      if (bodyless.has(reply.status)) {
        response.writeHead(reply.status, reply.headers).end();
        return;
      }
      const body = Buffer.from(reply.body);
      response.writeHead(reply.status, { ...reply.headers, 'content-length': body.length });
      response.end(body);
    }
  }
}
