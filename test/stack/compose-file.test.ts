import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import { interpolate, readComposeFile } from '../../stack/compose-file.js';
import { makeEnvFile } from '../../stack/env-file.js';
import { loadConfig } from '../../src/config.js';
import { temporaryFolder } from '../temporal/dev-server/fakes.js';

describe('interpolate', () => {
  test.each([
    ['postgres:${VERSION:-15}', {}, 'postgres:15'],
    ['postgres:${VERSION:-15}', { VERSION: '16' }, 'postgres:16'],
    ['postgres:${VERSION:-15}', { VERSION: '' }, 'postgres:15'],
    ['${USER}:${PASSWORD:?make one}@host', { USER: 'u', PASSWORD: 'p' }, 'u:p@host'],
    ['${UNSET}', {}, ''],
  ])('reads %s with %j as %s', (text, variables, expected) => {
    expect(interpolate(text, variables)).toBe(expected);
  });

  test('refuses a required variable that is missing, and says what to do', () => {
    expect(() => interpolate('${PASSWORD:?run npm run new-env}', { PASSWORD: '' })).toThrow(
      'PASSWORD is missing: run npm run new-env',
    );
  });
});

describe('docker-compose.yml', () => {
  const text = readFileSync(inProject('docker-compose.yml'), 'utf8');
  let service: ReturnType<typeof readComposeFile>;
  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'compose-file-'));
    service = readComposeFile(makeEnvFile(join(folder, '.env')));
    rmSync(folder, { recursive: true });
  });

  test('has no default for anything secret', () => {
    const references = [...text.matchAll(/\$\{(\w*(?:PASSWORD|KEYS|TOKENS|SECRET)\w*)([^}]*)\}/g)];
    expect(references.length).toBeGreaterThan(6);
    expect(references.filter(([, , rest]) => !rest?.startsWith(':?'))).toEqual([]);
  });

  test('lacks nothing once "npm run new-env" has run, and gives API and workers a configuration', () => {
    expect(service('temporal').tag).toMatch(/^\d+\.\d+\.\d+$/);
    expect(loadConfig(service('api').environment, 'api').api.tokens).toHaveLength(1);
    expect(loadConfig(service('worker').environment, 'worker').temporal?.connectionOptions.address).toBe(
      'temporal:7233',
    );
    expect(service('worker').replicas).toBe(2);
  });

  test('starts nothing without secrets', () => {
    expect(() => readComposeFile({})('api')).toThrow(/is missing: run npm run new-env/);
  });

  test('leaves calls under way more time at the end than SHUTDOWN_GRACE', () => {
    const { shutdownGraceMs } = loadConfig(service('worker').environment, 'worker');
    const seconds = Number(/stop_grace_period: (\d+)s/.exec(text)?.[1]);
    expect(seconds * 1_000).toBeGreaterThan(shutdownGraceMs + 15_000);
  });
});

describe('npm run new-env', () => {
  test('makes other secrets each time', () => {
    const folder = temporaryFolder();
    const [one, other] = ['one.env', 'other.env'].map((name) => makeEnvFile(join(folder, name)));
    const shared = Object.entries(one ?? {}).filter(([name, value]) => other?.[name] === value);
    expect(Object.keys(one ?? {})).toHaveLength(6);
    expect(shared).toEqual([]);
  });

  test('leaves a file that is there as it is', () => {
    const file = join(temporaryFolder(), '.env');
    makeEnvFile(file);
    const before = readFileSync(file, 'utf8');
    expect(() => makeEnvFile(file)).toThrow();
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});
