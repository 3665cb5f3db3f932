/** How a server process ended; both are null when it was not a child of this process. */
export interface DevServerExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A Temporal dev server that answers. */
export interface DevServer {
  /** `host:port` of its gRPC API. */
  readonly address: string;
  readonly uiUrl?: string;
  readonly pid: number;
  /** Resolves when the process is gone, whoever ended it. Never rejects. */
  readonly exited: Promise<DevServerExit>;
  /**
   * Ends the server: asks it to, and kills it after 10 s. A server that another live process started and
   * still owns is left running.
   */
  stop(): Promise<void>;
}

/** What `startDevServer` takes. */
export interface DevServerOptions {
  /** Folder of the database, the log and the state file; made when missing. One server at a time uses it. */
  readonly dataDir: string;
  /** Address to listen on; 127.0.0.1 by default. */
  readonly ip?: string;
  /** Whether to serve the web UI; true by default. */
  readonly ui?: boolean;
  /** Made at start when missing; `default` by default. */
  readonly namespace?: string;
  /** Gets one line at a time about a start that takes long. */
  readonly report?: (line: string) => void;
  /** Registered at start when missing. */
  readonly searchAttributes?: Readonly<Record<string, 'Keyword'>>;
  /** Further arguments of `temporal server start-dev`. */
  readonly extraArgs?: readonly string[];
  /** Keeps everything in memory: the database ends with the server, and no later process adopts it. */
  readonly inMemory?: boolean;
  /** The Temporal CLI; found or installed when not given. */
  readonly executable?: string;
}
