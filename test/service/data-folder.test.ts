import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigurationError } from '../../src/domain/errors.js';
import { claimDataFolder } from '../../src/service/data-folder.js';
import { developmentSecrets } from '../../src/service/development-secrets.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'data-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a data folder is made for its owner only', () => {
  const inner = join(folder, 'data');
  claimDataFolder(inner).release();
  expect(statSync(inner).mode & 0o777).toBe(0o700);
});

test('a data folder that a living process holds is refused, and says whose it is', () => {
  writeFileSync(join(folder, 'service.pid'), String(process.ppid));
  expect(() => claimDataFolder(folder)).toThrow(ConfigurationError);
  expect(() => claimDataFolder(folder)).toThrow(`process ${process.ppid}`);
});

test.each(['999999999', 'nonsense', ''])(
  'the claim of a process that is gone (%j) is taken over',
  (claim) => {
    writeFileSync(join(folder, 'service.pid'), claim);
    claimDataFolder(folder).release();
  },
);

test('development secrets are made once, and readable by their owner only', () => {
  const first = developmentSecrets(folder);
  expect(developmentSecrets(folder)).toEqual(first);
  expect(statSync(join(folder, 'development-secrets.json')).mode & 0o777).toBe(0o600);
});
