/** How a tenant's recovery goes about it. All times in milliseconds. */
export interface RecoveryPolicy {
  /** Pause before the second probe (the first is made at once); it doubles with each. */
  probeInitialMs: number;
  probeMaximumMs: number;
  /** How long the first few deliveries are watched before the others follow. */
  settleMs: number;
  /** A worker that is silent for so long is taken for dead. Recoveries of earlier versions were not told. */
  heartbeatMs?: number;
}
