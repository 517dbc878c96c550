import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { noticeDesk } from '../desk.server.ts';
import type { NoticeKind } from '../notice-kinds.ts';
import { NOTICE_KINDS, kindsFor, mailsByDefault } from '../notice-kinds.ts';
import { findContact, listPreferences } from './contact.store.server.ts';
import { openMail } from './mail-secret.server.ts';

/** How the confirming mail fares: on its way, accepted by the mail server, not taken, or no longer needed. */
export type MailState = 'on_its_way' | 'sent' | 'not_sent' | 'confirmed';

export interface PreferencesView {
  /** false: this installation sends no mail. */
  readonly hasMail: boolean;
  /** The actor's own address; shown to nobody else. */
  readonly mail: { readonly address: string; readonly state: MailState } | null;
  readonly kinds: readonly {
    readonly kind: NoticeKind;
    readonly label: string;
    readonly needsAction: boolean;
    readonly byMail: boolean;
  }[];
}

function stateOf(contact: { mailConfirmedAt: Date | null; lastStatus: string | null }): MailState {
  if (contact.mailConfirmedAt !== null) return 'confirmed';
  if (contact.lastStatus === null) return 'on_its_way';
  return contact.lastStatus === 'sent' ? 'sent' : 'not_sent';
}

/** Where and about what the actor is told by mail; kinds that the actor's roles never get are not offered. */
export async function viewPreferences(ctx: ActorCtx): Promise<PreferencesView> {
  const [contact, said] = await Promise.all([
    findContact(ctx.db, ctx.actorId),
    listPreferences(ctx.db, ctx.actorId),
  ]);
  return {
    hasMail: noticeDesk(ctx).mailer !== null,
    mail:
      contact === null
        ? null
        : {
            address: openMail(ctx.secrets, ctx.actorId, contact.mailCipher),
            state: stateOf(contact),
          },
    kinds: kindsFor(ctx.actor.roles).map((kind) => ({
      kind,
      label: NOTICE_KINDS[kind].label,
      needsAction: NOTICE_KINDS[kind].needsAction,
      byMail: said.get(kind) ?? mailsByDefault(kind),
    })),
  };
}
