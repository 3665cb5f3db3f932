export { DeliverSummary } from './deliver-summary.js';
