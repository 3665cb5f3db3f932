import { z } from 'zod';
import { checkResults, connectionChecks } from '../../domain/connection-test.js';

export const testReportSchema = z
  .object({
    passed: z.boolean(),
    checks: z
      .array(
        z.object({
          check: z.enum(connectionChecks),
          result: z.enum(checkResults),
          code: z.string().optional(),
          cause: z.string().optional(),
          remedy: z.string().optional(),
          note: z.string().optional(),
        }),
      )
      .describe('In order; each rests on those before it.'),
    latencyMs: z.int().optional().describe('How long SuperOffice took to answer.'),
    scriptVersion: z.string().optional(),
  })
  .meta({
    id: 'ConnectionTest',
    examples: [
      {
        passed: false,
        checks: [
          { check: 'domain-prefix', result: 'ok' },
          { check: 'customer-instance', result: 'ok' },
          { check: 'superoffice-reachable', result: 'ok' },
          {
            check: 'script-answers',
            result: 'failed',
            code: 'script-not-reached',
            cause: 'SuperOffice answered with a web page instead of the receiver script.',
            remedy: 'Check the token key and the include name, and that the script allows the verb POST.',
          },
          { check: 'key-accepted', result: 'not-reached' },
          { check: 'script-up-to-date', result: 'not-reached' },
        ],
        latencyMs: 214,
      },
    ],
  });

export const testingSchema = z
  .object({ state: z.literal('testing') })
  .meta({ id: 'Testing', examples: [{ state: 'testing' }] });
