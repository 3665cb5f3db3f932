/** The Temporal UI, where operators look into workflows. */
export interface TemporalUi {
  /** Of its pages, as browsers send it: `https://temporal.example.com`. */
  origin: string;
  /** The list of workflows that a visibility query finds. */
  listUrl(query: string): string;
  /** The newest run of a workflow. */
  workflowUrl(workflowId: string): string;
}

/**
 * The UI at an address.
 *
 * @param url as people open it, with the path that it is served under, if any
 */
export function createTemporalUi(url: string, namespace: string): TemporalUi {
  const base = `${url.replace(/\/+$/, '')}/namespaces/${encodeURIComponent(namespace)}/workflows`;
  return {
    origin: new URL(url).origin,
    listUrl: (query) => `${base}?${new URLSearchParams({ query }).toString()}`,
    workflowUrl: (workflowId) => `${base}/${encodeURIComponent(workflowId)}`,
  };
}
