import { z } from 'zod';

export const deletedSchema = z
  .object({
    state: z.literal('deleted'),
    cancelledDeliveries: z.int().describe('Deliveries that were under way or parked.'),
    deletedWorkflows: z.int().describe('Deliveries and other workflows, with their histories.'),
    deletedRows: z.int().describe('Rows of the database.'),
  })
  .meta({
    id: 'TenantDeleted',
    examples: [{ state: 'deleted', cancelledDeliveries: 1, deletedWorkflows: 14, deletedRows: 2 }],
  });

export const deletingSchema = z
  .object({ state: z.literal('deleting') })
  .meta({ id: 'TenantDeleting', examples: [{ state: 'deleting' }] });
