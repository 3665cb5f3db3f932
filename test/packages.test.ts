import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Lockfile {
  packages: Record<
    string,
    { version: string; resolved?: string; link?: boolean; optionalDependencies?: Record<string, string> }
  >;
}

const { packages } = JSON.parse(
  readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'),
) as Lockfile;
const versionsOf = (name: string) =>
  Object.entries(packages).filter(([path]) => path.endsWith(`node_modules/${name}`));

test('one protobufjs 8 serves the whole Temporal SDK, or replays fail', () => {
  const eights = versionsOf('protobufjs').filter(([, { version }]) => version.startsWith('8.'));
  expect(eights.map(([path]) => path)).toEqual(['node_modules/protobufjs']);
});

test('all Temporal packages have the same version', () => {
  const versions = Object.entries(packages)
    .filter(([path]) => /^node_modules\/@temporalio\/[^/]+$/.test(path))
    .map(([, { version }]) => version);
  expect(versions.length).toBeGreaterThan(5);
  expect(new Set(versions).size).toBe(1);
});

test('the lockfile carries no download addresses', () => {
  expect(Object.values(packages).filter(({ resolved, link }) => resolved !== undefined && !link)).toEqual([]);
});

test('the lockfile holds the packages of every platform, or `npm ci` refuses it', () => {
  const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
    Object.keys(optionalDependencies),
  );
  expect(wanted.length).toBeGreaterThan(20);
  expect(wanted.filter((name) => versionsOf(name).length === 0)).toEqual([]);
});
