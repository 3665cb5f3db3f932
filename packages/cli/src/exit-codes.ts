/** What the command's exit code tells a script. */
export const exitCodes = {
  done: 0,
  /** The command did what it should, and the answer is no: the test failed, SuperOffice refused the connection. */
  no: 1,
  /** The command line is wrong, or something that it needs is missing. */
  usage: 2,
  /** The service refused: a wrong token, an unknown tenant or delivery, not possible in this state. */
  refused: 3,
  /** The service is away, or did not answer. */
  away: 4,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
