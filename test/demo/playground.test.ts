import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, onTestFinished, test } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';

test('npm start -- --sandbox prints a curl command, and tells when the summary has arrived', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'playground-'));
  const child = spawn(process.execPath, [inProject('scripts', 'run.mjs'), 'start', '--sandbox'], {
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: '0',
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TASK_QUEUE: `playground-${process.pid}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  });
  let output = '';
  const until = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(output)?.[0];
        if (found !== undefined) resolve(found);
      };
      child.stdout.on('data', look);
      child.once('exit', () => reject(new Error(`It ended without ${String(pattern)}: ${output}`)));
      look();
    });
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));

  const command = await until(/^curl [^]*?'$(?=\n\n)/m);
  const { stdout } = await promisify(execFile)('sh', ['-c', `${command} --silent`]);
  expect(JSON.parse(stdout)).toMatchObject({ state: 'accepted', duplicate: false });
  expect(await until(/^Filed.*$/m)).toBe(
    'Filed in SuperOffice: appointment 1001, “Kick-off”, with person 104 of company 2.',
  );
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});
