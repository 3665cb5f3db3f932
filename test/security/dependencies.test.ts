import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, test, expect } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';

/** Runs the check against a registry that answers a question for weaknesses so. */
async function audit(status: number, answer: object): Promise<{ code: number; output: string }> {
  const registry = createServer((request, response) => {
    request.resume();
    const isQuestion = request.method === 'POST' && request.url?.includes('/security/');
    response.writeHead(isQuestion ? status : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isQuestion ? answer : {}));
  });
  registry.listen(0, '127.0.0.1');
  await once(registry, 'listening');
  onTestFinished(() => void registry.close());
  const { port } = registry.address() as AddressInfo;
  // What npm was told of a weakness it keeps.
  const cache = await mkdtemp(join(tmpdir(), 'npm-cache-'));
  onTestFinished(() => rm(cache, { recursive: true, force: true }));
  const env = {
    ...process.env,
    npm_config_registry: `http://127.0.0.1:${port}/`,
    npm_config_cache: cache,
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [inProject('scripts', 'audit.mjs')],
      { env, cwd: inProject() },
      (error, stdout) => resolve({ code: error === null ? 0 : Number(error.code), output: stdout }),
    );
  });
}

const weakness = (severity: string) => ({
  undici: [
    { id: 1, url: 'https://advisories.example/1', title: 'A weakness', severity, vulnerable_versions: '*' },
  ],
});

test('a package with a grave weakness fails the check, and is named', async () => {
  const { code, output } = await audit(200, weakness('high'));
  expect(output).toContain('  undici: high\n');
  expect(code).toBe(1);
});

test('no weakness, or a slight one, passes', async () => {
  expect(await audit(200, {})).toEqual({
    code: 0,
    output: 'Known weaknesses of packages: 0 critical, 0 high, 0 moderate, 0 low.\n',
  });
  expect(await audit(200, weakness('low'))).toMatchObject({
    code: 0,
    output: expect.stringContaining(' 0 high, 0 moderate, ') as string,
  });
});

test('where a registry knows of no weaknesses, it is said that nothing was checked', async () => {
  expect(await audit(405, {})).toEqual({
    code: 0,
    output: 'Known weaknesses of packages: NOT CHECKED, the registry answered 405.\n',
  });
});
