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
  .meta({ id: 'ConnectionTest' });

export const testingSchema = z.object({ state: z.literal('testing') }).meta({ id: 'Testing' });
