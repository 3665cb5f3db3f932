import { createServer } from 'node:net';

/**
 * A TCP port of `ip` that is free now: `preferred` when it is, else any. Another process may take it before
 * it is used, so the caller must be ready to try again.
 */
export async function freePort(ip: string, preferred = 0): Promise<number> {
  try {
    return await probe(ip, preferred);
  } catch (error) {
    if (preferred === 0) throw error;
    return probe(ip, 0);
  }
}

function probe(ip: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, ip, () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('The port probe has no port.'));
        else resolve(address.port);
      });
    });
  });
}
