import { z } from 'zod';
import { languages } from '../pages/i18n/languages.js';
import { actorSchema } from '../pages/session/sessions.js';
import { timestamp } from './common.js';

export const portalLinkBody = z
  .object({
    language: z
      .enum(languages)
      .optional()
      .describe('Of the page; the browser’s if none is given. It can be changed on the page.'),
    actor: actorSchema
      .optional()
      .describe('Who asks, by an id that says nothing about the person: for the log.'),
    readOnly: z.boolean().optional().describe('Whether the page may only be looked at.'),
  })
  .nullish()
  .meta({ id: 'NewPortalLink', examples: [{ language: 'sv', actor: 'user-17' }] });

export const portalLinkSchema = z
  .object({
    url: z.url().describe('Whoever has it is let in.'),
    expiresAt: timestamp.describe('The link opens until then; the page stays open longer.'),
  })
  .meta({
    id: 'PortalLink',
    examples: [
      {
        url: 'https://superoffice.example.com/portal/open?ticket=eyJhbGciOiJIUzI1NiJ9.e30.ZRrHA1JJJW8opsbCGfG',
        expiresAt: '2026-09-01T08:05:00.000Z',
      },
    ],
  });
