import { readFileSync } from 'node:fs';
import { inProject } from '../../scripts/lib/project.mjs';

/** One instruction of a Dockerfile. */
export interface Instruction {
  name: string;
  /** Flags such as `--from=build`, without their dashes. */
  flags: Record<string, string>;
  rest: string;
}

/** The instructions of the Dockerfile, lines that are continued joined. */
export function readDockerfile(): Instruction[] {
  const lines = readFileSync(inProject('Dockerfile'), 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n');
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', flags = '', rest = ''] = /^(\w+)((?: --[\w-]+=\S+)*) (.*)$/.exec(line) ?? [];
      const pairs = [...flags.matchAll(/--([\w-]+)=(\S+)/g)].map(([, flag = '', value = '']) => [
        flag,
        value,
      ]);
      return { name, flags: Object.fromEntries(pairs) as Record<string, string>, rest };
    });
}

/** The variables that the image sets. */
export function imageVariables(): Record<string, string> {
  const pairs = readDockerfile().flatMap(({ name, rest }) => (name === 'ENV' ? rest.split(' ') : []));
  return Object.fromEntries(pairs.map((pair) => pair.split('='))) as Record<string, string>;
}
