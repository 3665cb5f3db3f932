import { buildPayload as payloadOf } from '../superoffice/payload.js';
import type { Activities } from './types.js';

/** `buildPayload` (local): summary and connection → what SuperOffice gets, all but the rendered summary. */
export const buildPayload: Activities['buildPayload'] = ({ summary, timeZone, ...context }) =>
  Promise.resolve(payloadOf(context, summary, { timeZone }));
