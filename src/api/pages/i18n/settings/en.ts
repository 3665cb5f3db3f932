import type { ConnectionCheck } from '../../../../domain/connection-test.js';
import type {
  DeliveryResult,
  DeliveryState,
  RetryRequester,
  SkipReason,
} from '../../../../domain/delivery.js';
import type { ConnectionState } from '../../../schemas/connections.js';
import type { DeliveryFilter } from '../../settings/delivery-filter.js';

/** The settings page, in English. */
export const settingsEn = {
  title: 'SuperOffice',
  trail: ['Settings', 'Integrations', 'SuperOffice'],
  lead: 'Every meeting summary is filed in SuperOffice by itself, with the people who took part.',
  states: {
    'not-connected': 'Not connected',
    connected: 'Connected',
    paused: 'Paused',
    'attention-needed': 'Needs attention',
  } satisfies Record<ConnectionState | 'not-connected', string>,
  readOnly: 'You may look at this page, but not change anything here.',

  form: {
    title: 'Connect SuperOffice',
    changeTitle: 'Change the connection',
    intro:
      'Paste the address of the receiver script, and the fields fill themselves; or enter them one by one.',
    domainPrefix: 'Domain prefix',
    domainPrefixHint:
      'Only the first part of your SuperOffice address: “online2”. A whole address is fine too.',
    customerInstance: 'Customer instance',
    customerInstanceHint: 'As in your SuperOffice address: “Cust12345”.',
    token: 'Token key',
    tokenHint: 'The key of the receiver script. It is stored encrypted, and never shown again.',
    more: 'More',
    includeId: 'Include name',
    includeIdHint: 'Only if your script has another name than “dci-receive-summary”.',
    signingSecret: 'Signing secret',
    signingSecretHint:
      'Only if your script checks signatures: the secret that stands in it. Enter it with every change; it is never shown.',
    timeZone: 'Time zone',
    timeZoneHint: 'SuperOffice’s own, in which appointments are filed.',
    connect: 'Connect',
    cancel: 'Keep it as it is',
    problems: 'Something is missing or wrong: see below.',
  },
  fieldProblems: {
    domainPrefix:
      'Enter only the first part of your SuperOffice address, such as “online2”, or paste a whole address.',
    customerInstance: 'Enter the customer instance as in your SuperOffice address, such as “Cust12345”.',
    token: 'Enter the key of the receiver script in SuperOffice.',
    tokenTooLong: 'A key of SuperOffice has at most 255 characters.',
    tokenControlCharacters: 'There are characters in it that can not be seen. Type it instead of pasting it.',
    includeIdControlCharacters:
      'There are characters in it that can not be seen. Type it instead of pasting it.',
    tokenIsAddress: 'Enter only the key here; paste the whole address as the domain prefix.',
    includeIdTooLong: 'An include name has at most 255 characters.',
    signingSecret: 'Enter a signing secret of 16 to 128 letters, digits and the characters . _ ~ + / = -',
    timeZone: 'Enter a time zone such as “Europe/Stockholm”.',
    contradiction: 'The address that you pasted says something else. Keep one of the two.',
  },
  refused: 'SuperOffice does not take this connection',
  connecting: 'Connecting …',
  connectingDetail: 'SuperOffice takes its time. You may leave this page; it goes on.',

  connection: {
    title: 'Connection',
    domainPrefix: 'Domain prefix',
    customerInstance: 'Customer instance',
    token: 'Token key',
    tokenEndsIn: (hint: string) => `stored, ends in ${hint}`,
    tokenStored: 'stored, not shown',
    includeId: 'Include name',
    timeZone: 'Time zone',
    since: 'Connected since',
    change: 'Change',
    pause: 'Pause',
    resume: 'Resume',
    disconnect: 'Disconnect',
  },
  disconnect: {
    title: 'Disconnect SuperOffice?',
    text: 'The token key is erased, and summaries that have not arrived yet are cancelled. What is in SuperOffice already stays there.',
    keep: 'Stay connected',
    confirm: 'Disconnect',
  },
  told: {
    connected: 'Connected. Now test the integration.',
    paused: 'Paused. New summaries are not sent until you resume.',
    resumed: 'Resumed. What was waiting goes out now.',
    disconnected: (cancelled: number) =>
      cancelled === 0
        ? 'Disconnected. The token key is erased.'
        : `Disconnected. The token key is erased, and ${cancelled === 1 ? 'one summary that had' : `${cancelled} summaries that had`} not arrived ${cancelled === 1 ? 'was' : 'were'} cancelled.`,
    disconnecting: 'Disconnecting … this takes a moment, and goes on by itself.',
  },
  pausedTitle: 'Paused',
  pausedDetail: 'New summaries are not sent. Your settings are kept; resume whenever you like.',
  attentionTitle: 'No summary gets through right now',
  attentionSince: (time: string) =>
    `Since ${time}. Nothing is lost: what waits goes out once this is mended.`,

  test: {
    title: 'Test',
    start: 'Test Integration',
    again: 'Test again',
    invite: 'Makes one real call to your receiver script, and files nothing.',
    running: 'Testing …',
    passed: 'The test passed. Summaries reach SuperOffice.',
    failed: 'The test found something to mend.',
    broken: 'The test could not be finished. Test again.',
    testedAt: (time: string) => `Tested ${time}`,
    took: (milliseconds: number) => `SuperOffice answered in ${milliseconds} ms`,
    scriptVersion: (version: string) => `receiver script ${version}`,
    livesElsewhere: (livesAt: string) =>
      `SuperOffice has you at “${livesAt}”; you are found there all the same.`,
    checks: {
      'domain-prefix': 'Domain prefix',
      'customer-instance': 'Customer instance',
      'superoffice-reachable': 'SuperOffice can be reached',
      'script-answers': 'The receiver script answers',
      'key-accepted': 'The token key is accepted',
      'script-up-to-date': 'The receiver script is up to date',
    } satisfies Record<ConnectionCheck, string>,
    results: {
      ok: 'passed',
      failed: 'failed',
      'not-reached': 'not reached',
      checking: 'checking',
      waiting: 'waiting',
    },
  },

  deliveries: {
    title: 'Summaries',
    show: 'Show',
    filters: {
      all: 'All',
      delivering: 'On their way',
      parked: 'Waiting for you',
      delivered: 'Delivered',
      'no-match': 'Delivered, nobody found',
      skipped: 'Not sent',
      cancelled: 'Cancelled',
      superseded: 'Replaced by a newer one',
      expired: 'Given up',
      failed: 'Failed',
    } satisfies Record<DeliveryFilter, string>,
    meeting: 'Meeting',
    accepted: 'Received',
    state: 'State',
    unknownMeeting: 'Meeting',
    emptyTitle: 'No summaries yet',
    emptyDetail: 'The next meeting with a summary shows up here, a moment after it was written.',
    emptyNotConnected: 'Once SuperOffice is connected, each summary shows up here.',
    emptyFilterTitle: 'Nothing here',
    emptyFilterDetail: 'No summary is in this state right now.',
    showAll: 'Show all',
    unavailableTitle: 'The list is not available right now',
    unavailableDetail: 'No summary is lost; this page looks again by itself.',
    retry: 'Retry',
    waiting: (count: number) =>
      count === 1 ? 'One summary is waiting for you.' : `${count} summaries are waiting for you.`,
    retryAll: (count: number) => `Retry all ${count}`,
    retried: (count: number) =>
      count === 0
        ? 'Nothing was waiting.'
        : count === 1
          ? 'One summary starts again.'
          : `${count} summaries start again, a few first.`,
    older: 'Older',
    newest: 'Newest',
    times: (timeZone: string) => `Times are those of ${timeZone}.`,
  },
  deliveryStates: {
    delivering: 'On its way',
    parked: 'Waiting for you',
    delivered: 'Delivered',
    skipped: 'Not sent',
    cancelled: 'Cancelled',
    superseded: 'Replaced',
    expired: 'Given up',
    failed: 'Failed',
  } satisfies Record<DeliveryState, string>,
  nobodyFound: 'Nobody found',
  results: {
    created: 'Filed as a new appointment.',
    updated: 'Filed in the appointment that was there already.',
    duplicate: 'It was filed already; nothing was filed twice.',
    'no-match':
      'No participant was found in SuperOffice by e-mail address. Add the contact there, then send it again.',
    accepted: 'Taken by the receiver script.',
  } satisfies Record<DeliveryResult, string>,
  skipReasons: {
    'no-summary': 'The meeting has no summary.',
    'not-connected': 'SuperOffice was not connected.',
    disabled: 'The integration was paused.',
  } satisfies Record<SkipReason, string>,

  delivery: {
    back: 'All summaries',
    meetingTime: 'Meeting',
    id: 'Delivery id',
    recordId: 'Record in SuperOffice',
    contacts: 'Contacts found',
    companies: 'Companies found',
    attempts: 'Calls so far',
    course: 'What happened',
    accepted: 'Received from Conversational Intelligence',
    tried: (calls: number) =>
      calls === 1 ? 'One try did not get through' : `${calls} tries did not get through`,
    parked: 'Stopped, and waiting for you',
    retried: {
      person: 'Started again by hand',
      all: 'Started again with all others',
      recovery: 'Started again by itself, once the trouble was over',
    } satisfies Record<RetryRequester, string>,
    calling: 'On its way to SuperOffice',
    waitingUntil: (time: string) => `Next try at ${time}`,
    waitingTurn: 'It goes out in its turn.',
    ended: {
      delivered: 'Delivered to SuperOffice',
      skipped: 'Not sent',
      cancelled: 'Cancelled',
      superseded: 'A newer summary of this meeting took its place',
      expired: 'Given up after waiting for too long',
      failed: 'Failed',
    } satisfies Record<Exclude<DeliveryState, 'delivering' | 'parked'>, string>,
    retry: 'Retry',
    cancel: 'Cancel',
    cancelTitle: 'Cancel this summary?',
    cancelText: 'It is not sent any more. What is in SuperOffice already stays there.',
    cancelKeep: 'Keep it',
    cancelConfirm: 'Cancel the summary',
    resend: 'Send again',
    resendTitle: 'Send this summary again?',
    resendText: 'What SuperOffice has of it already is not filed twice.',
    resendForce: 'File it anew, whatever SuperOffice has of it',
    resendKeep: 'Leave it',
    told: {
      retry: 'It starts again.',
      cancel: 'It is being cancelled.',
      resend: 'It is sent again.',
    },
  },
};

export type SettingsMessages = typeof settingsEn;
