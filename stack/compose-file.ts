import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { inProject } from '../scripts/lib/project.mjs';

const fileSchema = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      command: z.array(z.string()).default([]),
      environment: z.record(z.string(), z.string()).default({}),
      deploy: z.object({ replicas: z.int().default(1) }).default({ replicas: 1 }),
    }),
  ),
});

/** A service of docker-compose.yml, with its variables filled in. */
export interface ComposeService {
  /** Of its image, such as `1.32.1`. */
  tag: string;
  command: string[];
  environment: Record<string, string>;
  replicas: number;
}

/**
 * What docker-compose.yml says of a service, so that the stack has the settings of production and no others.
 *
 * @param variables what the .env gives
 * @throws Error for a service that is not there, and for a variable that is required and not given
 */
export function readComposeFile(variables: Readonly<Record<string, string>>) {
  const { services } = fileSchema.parse(
    parse(readFileSync(inProject('docker-compose.yml'), 'utf8'), { merge: true }),
  );
  return (name: string): ComposeService => {
    const service = services[name];
    if (service === undefined) throw new Error(`docker-compose.yml has no service "${name}".`);
    const fill = (text: string) => interpolate(text, variables);
    return {
      tag: fill(service.image).split(':').at(-1) ?? '',
      command: service.command.map(fill),
      environment: Object.fromEntries(
        Object.entries(service.environment).map(([key, value]) => [key, fill(value)]),
      ),
      replicas: service.deploy.replicas,
    };
  };
}

/** `${NAME}`, `${NAME:-default}` and `${NAME:?message}`, as Compose reads them (compose-spec, 12-interpolation.md). */
export function interpolate(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_match, name: string, kind: string | undefined, rest = '') => {
      const value = variables[name] ?? '';
      if (value !== '' || kind === undefined) return value;
      if (kind === '-') return rest as string;
      throw new Error(`${name} is missing: ${rest}`);
    },
  );
}
