import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** A server on this machine that counts who connects, and hangs up. */
export async function startTcpListener() {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => undefined).destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
