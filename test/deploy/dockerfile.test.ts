import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';

const linesOf = (file: string) => readFileSync(inProject(file), 'utf8').split('\n');

test('.dockerignore lets through what the Dockerfile copies, and nothing else', () => {
  const copied = linesOf('Dockerfile').flatMap((line) => {
    const [, sources] = /^COPY (?!--from)(.*) \S+$/.exec(line) ?? [];
    return sources?.split(' ') ?? [];
  });
  const letThrough = linesOf('.dockerignore').flatMap((line) =>
    line.startsWith('!') ? [line.slice(1)] : [],
  );
  expect(letThrough.sort()).toEqual([...new Set(copied)].sort());
});
