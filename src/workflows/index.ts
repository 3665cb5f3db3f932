export { ConnectSuperOffice } from './connect-superoffice.js';
export { DeleteTenant } from './delete-tenant.js';
export { DeliverSummary } from './deliver-summary.js';
export { RecoverConnection } from './recover-connection.js';
export { SendEvent } from './send-event.js';
export { DisconnectSuperOffice } from './disconnect-superoffice.js';
export { TestConnection } from './test-connection.js';
