import type { Express } from 'express';
import { OWN_HEADER } from './client/page-copies.ts';

/**
 * Marks every answer below /attempts as this server's, errors included: a device throws its copy of the paper away only
 * when the server itself has no room to show, and not for the page of a gateway in between.
 */
export function mountOwnAnswers(app: Express): void {
  app.use('/attempts', (_req, res, next) => {
    res.setHeader(OWN_HEADER, '1');
    next();
  });
}
