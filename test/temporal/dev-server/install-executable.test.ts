import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { cachedExecutable } from '../../../src/temporal/dev-server/cache-folder.js';
import { ensureExecutable } from '../../../src/temporal/dev-server/install-executable.js';
import { fakeExecutable, temporaryFolder } from './fakes.js';

/** `go install`, which takes its time and leaves a note of each run. */
const FAKE_GO = `
echo run >> "$NOTES"
echo "go: downloading example.org/module v1.0.0" >&2
sleep 1
printf '#!/bin/sh\\necho temporal version 1.5.1\\n' > "$GOBIN/temporal"
chmod +x "$GOBIN/temporal"`;

/** An empty cache, and a PATH with only the system's own programs. */
function environment(folder: string): NodeJS.ProcessEnv {
  return {
    PATH: ['path', '/usr/bin', '/bin'].map((part) => (part === 'path' ? join(folder, part) : part)).join(':'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    NOTES: join(folder, 'notes'),
  };
}

async function listen(answer: { status: number; body?: Buffer }): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(answer.status).end(answer.body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/archive`;
}

/** Temporal's archive: the executable beside its licence. */
async function archiveOf(folder: string, body: string): Promise<Buffer> {
  const executable = await fakeExecutable(join(folder, 'archived'), 'temporal', body);
  const file = join(folder, 'temporal.tar.gz');
  execFileSync('tar', ['-czf', file, '-C', dirname(executable), 'temporal']);
  return readFile(file);
}

describe.runIf(process.platform === 'linux')('ensureExecutable', () => {
  test('downloads the executable into the cache, and finds it there the next time', async () => {
    const folder = temporaryFolder();
    const env = environment(folder);
    const downloadUrl = await listen({ status: 200, body: await archiveOf(folder, 'echo 1.5.1') });
    const lines: string[] = [];
    const options = { env, downloadUrl, report: (line: string) => lines.push(line) };
    expect(await ensureExecutable(options)).toBe(cachedExecutable(env));
    expect(lines.join('\n')).toMatch(/Downloading the Temporal CLI[^]*is installed/);
    lines.length = 0;
    expect(await ensureExecutable({ ...options, downloadUrl: 'http://127.0.0.1:1/' })).toBe(
      cachedExecutable(env),
    );
    expect(lines).toEqual([]);
    expect(await readdir(dirname(cachedExecutable(env)))).toEqual(['temporal']);
  });

  test('builds with Go when the download does not run', async () => {
    const folder = temporaryFolder();
    const env = environment(folder);
    await fakeExecutable(join(folder, 'path'), 'go', FAKE_GO);
    const downloadUrl = await listen({
      status: 200,
      body: await archiveOf(folder, 'echo wrong machine >&2; exit 126'),
    });
    const lines: string[] = [];
    expect(await ensureExecutable({ env, downloadUrl, report: (line) => lines.push(line) })).toBe(
      cachedExecutable(env),
    );
    expect(lines).toContain('That did not work (download): ended with exit code 126: wrong machine');
  });

  test('of two at once one builds and the other waits for it', async () => {
    const folder = temporaryFolder();
    const env = environment(folder);
    await fakeExecutable(join(folder, 'path'), 'go', FAKE_GO);
    const downloadUrl = await listen({ status: 503 });
    const lines: string[] = [];
    const report = (line: string) => lines.push(line);
    const both = [
      ensureExecutable({ env, downloadUrl, report }),
      ensureExecutable({ env, downloadUrl, report }),
    ];
    expect(await Promise.all(both)).toEqual([cachedExecutable(env), cachedExecutable(env)]);
    expect(await readFile(join(folder, 'notes'), 'utf8')).toBe('run\n');
    expect(
      lines.filter((line) => line.includes('is installing the Temporal CLI; waiting for it')),
    ).toHaveLength(1);
  });

  test('names each way that it tried, why it failed, and what to do', async () => {
    const folder = temporaryFolder();
    const env = environment(folder);
    await fakeExecutable(join(folder, 'path'), 'go', 'echo "go: no network" >&2; exit 1');
    const downloadUrl = await listen({ status: 503 });
    await expect(ensureExecutable({ env, downloadUrl, report: () => undefined })).rejects.toThrow(
      /TEMPORAL_CLI: not set\n.*PATH: no "temporal".*\n.*cache: .*\n.*download: 127\.0\.0\.1:\d+ answered 503\n.*go install: ended with exit code 1: go: no network\nWhat to do.*TEMPORAL_ADDRESS/,
    );
    expect(await readdir(dirname(cachedExecutable(env)))).toEqual([]);
  });
});
