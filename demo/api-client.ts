import { setTimeout as sleep } from 'node:timers/promises';

/** One delivery, as the API answers it. */
export interface Delivery {
  deliveryId: string;
  state:
    'delivering' | 'parked' | 'delivered' | 'skipped' | 'cancelled' | 'superseded' | 'expired' | 'failed';
  acceptedAt: string;
  endedAt?: string;
  attempts: number;
  result?: string;
  recordId?: string;
  matchedContacts?: number;
  lastFailure?: { code: string; lastCode?: string; held?: boolean; cause: string; remedy: string };
}

/** A connection, as far as it matters here. */
export interface ConnectionView {
  state: 'connected' | 'paused' | 'attention-needed';
}

/** What Test Integration answers. */
export interface TestReport {
  passed: boolean;
  checks: { check: string; result: 'ok' | 'failed' | 'not-reached'; cause?: string; remedy?: string }[];
}

/** One line of the list of deliveries. */
export type DeliveryListItem = Pick<
  Delivery,
  'deliveryId' | 'state' | 'acceptedAt' | 'endedAt' | 'result'
> & {
  trouble?: string;
};

export interface Submission {
  state: 'accepted' | 'skipped';
  deliveryId?: string;
  duplicate?: boolean;
}

/** Pause before the API is asked again after it was not there, in milliseconds. */
const RETRY_MS = 500;

/** The service's HTTP API for one tenant. */
export class ApiClient {
  constructor(
    readonly baseUrl: string,
    private readonly token: string,
    private readonly tenantId: string,
  ) {}

  /** Connects, and waits until the connection stands. */
  async connect(connection: object): Promise<void> {
    const path = '/connections/superoffice';
    const { state } = (await this.#call('PUT', path, connection)) as { state: string };
    // It takes longer than the API waits: a worker is still on its way.
    while (state === 'connecting' && !(await this.#isConnected(path))) await sleep(RETRY_MS);
  }

  async connection(): Promise<ConnectionView> {
    return (await this.#call('GET', '/connections/superoffice')) as ConnectionView;
  }

  async test(): Promise<TestReport> {
    return (await this.#call('POST', '/connections/superoffice/test')) as TestReport;
  }

  async disconnect(): Promise<{ cancelledDeliveries: number }> {
    return (await this.#call('DELETE', '/connections/superoffice')) as { cancelledDeliveries: number };
  }

  async pause(): Promise<void> {
    await this.#call('PATCH', '/connections/superoffice', { enabled: false });
  }

  async resume(): Promise<void> {
    await this.#call('PATCH', '/connections/superoffice', { enabled: true });
  }

  /** Hands a summary in; again and again while the service is away, as DCI would. */
  async submit(summary: object, giveUpAfterMs = 60_000): Promise<Submission> {
    const deadline = Date.now() + giveUpAfterMs;
    for (;;) {
      try {
        return (await this.#call('POST', '/summaries', summary)) as Submission;
      } catch (error) {
        const isAway = !(error instanceof ApiError) || error.status === 503;
        if (!isAway || Date.now() > deadline) throw error;
        await sleep(RETRY_MS);
      }
    }
  }

  async delivery(deliveryId: string): Promise<Delivery> {
    return (await this.#call('GET', `/deliveries/${deliveryId}`)) as Delivery;
  }

  /** @param filter as a query string, such as `state=parked` */
  async deliveries(filter = ''): Promise<DeliveryListItem[]> {
    const page = (await this.#call('GET', `/deliveries?limit=200&${filter}`)) as {
      deliveries: DeliveryListItem[];
    };
    return page.deliveries;
  }

  async retry(deliveryId: string): Promise<void> {
    await this.#call('POST', `/deliveries/${deliveryId}/retry`);
  }

  async cancel(deliveryId: string): Promise<void> {
    await this.#call('POST', `/deliveries/${deliveryId}/cancel`);
  }

  async resend(deliveryId: string, options: { force?: boolean } = {}): Promise<void> {
    await this.#call('POST', `/deliveries/${deliveryId}/resend`, options);
  }

  /** Everything parked: how many that are. */
  async retryAll(): Promise<number> {
    return ((await this.#call('POST', '/deliveries/retry')) as { retried: number }).retried;
  }

  async #isConnected(path: string): Promise<boolean> {
    try {
      await this.#call('GET', path);
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return false;
      throw error;
    }
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.baseUrl}/v1/tenants/${this.tenantId}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new ApiError(response.status, answer);
    return answer;
  }
}

/** The API refused. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: unknown,
  ) {
    super(`The API answered ${status}: ${JSON.stringify(problem)}`);
  }
}
