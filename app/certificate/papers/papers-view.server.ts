import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { DocumentLine } from '#app/office/document/documents-view.server.ts';
import { documentsOf } from '#app/office/document/documents-view.server.ts';
import type { ApplicationRecord } from '../application/application.store.server.ts';
import { listCertificateEvents } from '../register/certificate.store.server.ts';
import { EVENT_SUBJECT } from './draw-decision-paper.server.ts';
import { APPLICATION_SUBJECT } from './draw-application-paper.server.ts';
import { offeredPapers, papersOfApplication } from './offered-papers.ts';

/** What can be drawn for a matter now, and what was. */
export interface PapersOfMatter {
  readonly offered: readonly { readonly value: string; readonly label: string }[];
  readonly documents: readonly DocumentLine[];
}

/** Papers of a card's events. The caller has looked the card up within the viewer's reach. */
export async function papersOfCard(ctx: ActorCtx, certificateId: string): Promise<PapersOfMatter> {
  const events = (await listCertificateEvents(ctx.db, [certificateId])).get(certificateId) ?? [];
  const offered = mayDo(ctx, 'certificate.decide') ? offeredPapers(events) : [];
  return {
    offered: offered.map(({ paper, eventId, label }) => ({ value: `${paper.code}:${eventId}`, label })),
    documents: await documentsOf(ctx, { kind: EVENT_SUBJECT, ids: events.map((event) => event.id) }),
  };
}

/** Papers of an application. The caller has looked it up within the viewer's reach. */
export async function papersOfFiling(
  ctx: ActorCtx,
  application: Pick<ApplicationRecord, 'id' | 'state'>,
): Promise<PapersOfMatter> {
  const papers = mayDo(ctx, 'document.draw')
    ? papersOfApplication(application.state).filter(
        ({ issuer }) => issuer === 'unit' || mayDo(ctx, 'application.approve'),
      )
    : [];
  return {
    offered: papers.map(({ code, title }) => ({ value: code, label: title })),
    documents: await documentsOf(ctx, { kind: APPLICATION_SUBJECT, ids: [application.id] }),
  };
}
