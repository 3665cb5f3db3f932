export { DeliverSummary } from './deliver-summary.js';
export { RecoverConnection } from './recover-connection.js';
