import { activityInfo } from '@temporalio/activity';
import { HostRefusedError } from '../domain/errors.js';
import type { SuperOfficeClient } from '../superoffice/client.js';
import { stateApiAwayFailure } from './failures.js';
import type { Activities, LookedUpTenant } from './types.js';

/** A state API that fails so many times in a row is away for longer than an admin waits. */
const MAX_ATTEMPTS = 3;

/** `lookUpTenant`: whether a customer of SuperOffice can be connected, and where it lives. */
export function createLookUpTenant(superOffice: SuperOfficeClient): Activities['lookUpTenant'] {
  return async (customer): Promise<LookedUpTenant> => {
    try {
      const tenant = await superOffice.lookUp(customer);
      switch (tenant?.kind) {
        case 'running':
          return { status: 'running', endpoint: tenant.endpoint };
        case 'closed':
          return { status: 'refused', code: tenant.code };
        case 'away':
          return { status: 'unclear', notice: 'maintenance' };
        case undefined:
          if (activityInfo().attempt < MAX_ATTEMPTS) throw stateApiAwayFailure();
          return { status: 'unclear', notice: 'state-api-away' };
      }
    } catch (error) {
      if (error instanceof HostRefusedError) return { status: 'refused', code: 'host-refused' };
      throw error;
    }
  };
}
