import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedEvent {
  headers: Record<string, string>;
  body: string;
}

/** What the receiver answers next; then 200 again. */
export interface EventAnswer {
  status: number;
  retryAfter?: string;
  location?: string;
}

/** Whoever gets the operational events: a real HTTP server that keeps what it got. */
export interface EventReceiver {
  url: string;
  received: ReceivedEvent[];
  answers: EventAnswer[];
  reset(): void;
  close(): Promise<void>;
}

export async function startEventReceiver(): Promise<EventReceiver> {
  const received: ReceivedEvent[] = [];
  const answers: EventAnswer[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      received.push({ headers, body: Buffer.concat(chunks).toString() });
      const { status, retryAfter, location } = answers.shift() ?? { status: 200 };
      response.writeHead(status, {
        ...(retryAfter !== undefined && { 'retry-after': retryAfter }),
        ...(status === 302 && location !== undefined && { location }),
      });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answers,
    reset() {
      received.length = 0;
      answers.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
