import type { Server } from 'node:https';
import type { Socket } from 'node:net';

/** The TCP connections of an HTTPS server, which TLS hides. */
export interface Connections {
  /** Resets the connection of a request (TCP RST): the client sees ECONNRESET. */
  reset(tlsSocket: Socket): void;
  /** Ends all of them at once, also those in the middle of a handshake. */
  destroyAll(): void;
}

export function trackConnections(server: Server): Connections {
  const sockets = new Map<string, Socket>();

  server.on('connection', (socket: Socket) => {
    const peer = peerOf(socket);
    sockets.set(peer, socket);
    socket.once('close', () => sockets.delete(peer));
  });

  return {
    reset(tlsSocket) {
      // A TLS socket refuses resetAndDestroy(): only the TCP socket below it can be reset.
      sockets.get(peerOf(tlsSocket))?.resetAndDestroy();
    },
    destroyAll() {
      for (const socket of sockets.values()) socket.destroy();
    },
  };
}

function peerOf(socket: Socket): string {
  return `${socket.remoteAddress ?? ''}:${socket.remotePort ?? 0}`;
}
