import { openPhone } from '#app/organization/roster/person-secret.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { publicLink, publicOrigin } from '#app/platform/http/public-address.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { openMail } from '../contact/mail-secret.server.ts';
import { noticeDesk } from '../desk.server.ts';
import { NOTICE_KINDS } from '../notice-kinds.ts';
import type { Attempt } from './attempt.ts';
import type { ChannelName, ClaimedDelivery } from './delivery.store.server.ts';
import type { Gateway } from './gateway.server.ts';
import { composeNoticeMail } from './mail-text.ts';
import type { Mailer } from './mailer.server.ts';
import type { OutgoingNotice } from './outgoing.store.server.ts';
import { findMailCipher, findOutgoing, listGatewayReaders } from './outgoing.store.server.ts';

type Sender = Pick<Ctx, 'pool' | 'secrets'>;

/** A way out that is configured. */
export interface Channel {
  readonly name: ChannelName;
  send(delivery: ClaimedDelivery): Promise<Attempt>;
}

async function noticeOf(ctx: Sender, delivery: ClaimedDelivery): Promise<OutgoingNotice> {
  const notice = await findOutgoing(ctx.pool, delivery.noticeId);
  invariant(notice, 'a delivery has its notice');
  return notice;
}

function mailChannel(ctx: Sender, mailer: Mailer): Channel {
  return {
    name: 'mail',
    send: async (delivery) => {
      const { accountId } = delivery;
      invariant(accountId !== null, 'a mail has one reader');
      // The address may have been withdrawn since the mail was queued.
      const cipher = await findMailCipher(ctx.pool, accountId);
      if (cipher === null) return { kind: 'refused', status: 'no_address' };
      return mailer.send({
        ...composeNoticeMail(await noticeOf(ctx, delivery), publicOrigin(ctx)),
        id: delivery.id,
        to: openMail(ctx.secrets, accountId, cipher),
        unsubscribeUrl: publicLink(ctx, '/inbox/preferences'),
      });
    },
  };
}

function gatewayChannel(ctx: Sender, gateway: Gateway): Channel {
  return {
    name: 'webhook',
    send: async (delivery) => {
      const notice = await noticeOf(ctx, delivery);
      const readers = await listGatewayReaders(ctx.pool, notice.id);
      const { id, kind, title, body, path, occurredAt } = notice;
      const to = readers.map(({ login, personId, phoneCipher }) =>
        personId === null || phoneCipher === null
          ? { login }
          : { login, phone: openPhone(ctx.secrets, personId, phoneCipher) },
      );
      return gateway.post(
        {
          id,
          kind,
          title,
          text: body,
          url: publicLink(ctx, path ?? `/inbox/${id}`),
          needsAction: NOTICE_KINDS[kind].needsAction,
          sentAt: occurredAt.toISOString(),
          to,
        },
        delivery.id,
      );
    },
  };
}

/** The channels of this installation; none where neither mail nor gateway is configured. */
export function channelsOf(ctx: Sender): Channel[] {
  const { mailer, gateway } = noticeDesk(ctx);
  return [
    ...(mailer === null ? [] : [mailChannel(ctx, mailer)]),
    ...(gateway === null ? [] : [gatewayChannel(ctx, gateway)]),
  ];
}
