/** The chapters of the document, in the order in which one meets them. Each route has one as its only tag. */
export const tags = {
  Summaries: 'Hand in what is to be filed in SuperOffice.',
  Connections: 'Connect a tenant to its SuperOffice, test the connection, pause and end it.',
  Deliveries: 'See what became of the summaries, and mend what did not arrive.',
  'DCI webhook': 'Take summaries from DCI’s signed webhook instead of from a caller with a token.',
  'Settings page': 'Let an admin of a tenant in.',
  Tenants: 'What is kept of a tenant.',
  Operators: 'For those who run the service, over all tenants.',
  Operations: 'For load balancers, monitoring and those who write clients.',
} as const satisfies Record<string, string>;
