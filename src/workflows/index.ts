export { DeliverSummary } from './deliver-summary.js';
export { RecoverConnection } from './recover-connection.js';
export { SendEvent } from './send-event.js';
