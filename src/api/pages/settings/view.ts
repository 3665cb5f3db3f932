import type { FastifyRequest } from 'fastify';
import type { Connection } from '../../../domain/connection.js';
import type { ConnectionTestState } from '../../../temporal/connection-test-state.js';
import type { Tone } from '../components/alert.js';
import { type PageContext, wantsFragment } from '../page-context.js';
import { sessionOfKind } from '../session/require-session.js';
import type { TenantSession } from '../session/sessions.js';
import type { FormEntries, FormProblems } from './connect-form-entries.js';

/** Something that the page tells once, after a change. */
export interface Told {
  tone: Tone;
  title: string;
  detail?: string;
}

/** What every part of a tenant's page is written from. */
export interface SettingsContext {
  page: PageContext;
  session: TenantSession;
  /** Whether only a part of the page is written, for htmx: with it come the parts elsewhere that change along. */
  isFragment: boolean;
}

export function contextOf(request: FastifyRequest): SettingsContext {
  return {
    page: request.page,
    session: sessionOfKind(request, 'tenant'),
    isFragment: wantsFragment(request),
  };
}

/** What the part about the connection is written from. */
export interface ConnectionView extends SettingsContext {
  connection: Connection | undefined;
  /** The domain below which every SuperOffice lives: `superoffice.com`. */
  superOfficeDomain: string;
  /** The last test of this very connection, or the one under way; undefined: none, or it can't be told right now. */
  test: ConnectionTestState | undefined;
  told?: Told;
  /** Whether the form is open: always without a connection. */
  isEditing?: boolean;
  /** When a connect began that takes longer than we wait; in milliseconds since 1970. */
  connectingSince?: number | undefined;
  /** What was entered, and what was wrong with it. */
  entries?: FormEntries;
  problems?: FormProblems;
  /** Whether what has just changed is to have the focus. */
  isChanged?: boolean;
}
