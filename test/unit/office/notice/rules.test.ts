import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ROLES } from '#app/accounts/role.ts';
import { MAX_TRIES, settle } from '#app/office/notice/delivery/attempt.ts';
import { signatureOf } from '#app/office/notice/delivery/gateway.server.ts';
import { composeConfirmationMail, composeNoticeMail } from '#app/office/notice/delivery/mail-text.ts';
import { composeGroupText } from '#app/office/notice/group-text.ts';
import { dayHeading, groupByDay } from '#app/office/notice/inbox-days.ts';
import { ACTION_KINDS, NOTICE_KINDS, isNoticeKind, kindsFor } from '#app/office/notice/notice-kinds.ts';
import {
  confirmationToken,
  openMail,
  readConfirmationToken,
  sealMail,
} from '#app/office/notice/contact/mail-secret.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { createSecrets } from '#app/platform/secret/keys.server.ts';

const NOW = new Date('2026-11-23T01:00:00.000Z');
const secrets = createSecrets('s'.repeat(32));

describe('the kinds of notices', () => {
  it('have each a label of their own', () => {
    const labels = Object.values(NOTICE_KINDS).map((kind) => kind.label);
    expect(new Set(labels).size).toBe(labels.length);
    for (const label of labels) expect(label).toMatch(/^[\u4e00-\u9fff]{2,8}$/);
  });

  it('are offered only to roles that may get them', () => {
    expect(kindsFor(['officer'])).toEqual(expect.arrayContaining(['session.invited', 'exam.result']));
    expect(kindsFor(['officer'])).not.toContain('campaign.issued');
    expect(kindsFor(['unit_liaison'])).toEqual(expect.arrayContaining(['campaign.issued', 'office.message']));
    expect(kindsFor(['unit_liaison'])).not.toContain('exam.result');
    expect(kindsFor(['system_admin'])).toEqual(['campaign.announced', 'change.effective']);
  });

  it('reach somebody each', () => {
    const offered = new Set(ROLES.flatMap((role) => kindsFor([role])));
    expect([...offered].sort()).toEqual(Object.keys(NOTICE_KINDS).filter(isNoticeKind).sort());
  });

  it('are counted by the badge when they ask for something', () => {
    expect(ACTION_KINDS).toContain('campaign.reminder');
    expect(ACTION_KINDS).not.toContain('office.message');
    expect(isNoticeKind('toString')).toBe(false);
  });
});

describe('a try to deliver', () => {
  it('that failed is repeated after 1 min, 5 min, 15 min, 1 h, 3 h, 6 h and 12 h, then given up', () => {
    const waits = Array.from({ length: MAX_TRIES }, (_, index) => {
      const settled = settle({ kind: 'failed', status: '451', isAway: false }, index + 1, NOW);
      return settled.nextTryAt === null
        ? settled.state
        : (settled.nextTryAt.getTime() - NOW.getTime()) / 60_000;
    });
    expect(waits).toEqual([1, 5, 15, 60, 180, 360, 720, 'failed']);
  });

  it('that was refused for ever is not repeated', () => {
    expect(settle({ kind: 'refused', status: '550' }, 1, NOW)).toEqual({
      state: 'failed',
      nextTryAt: null,
      deliveredAt: null,
      lastStatus: '550',
    });
  });

  it('that worked is the last one', () => {
    expect(settle({ kind: 'delivered', status: '250' }, 8, NOW)).toMatchObject({
      state: 'delivered',
      deliveredAt: NOW,
      nextTryAt: null,
    });
  });
});

describe('the signature of a request to the gateway', () => {
  it('is an HMAC over second and body, as a receiver computes it', () => {
    const mac = createHmac('sha256', 'k'.repeat(32)).update('1795395600.{"a":1}').digest('hex');
    expect(signatureOf('k'.repeat(32), '{"a":1}', NOW)).toBe(`t=1795395600,v1=${mac}`);
  });

  it('differs for another second and another body', () => {
    const later = new Date(NOW.getTime() + 1_000);
    const signatures = [signatureOf('k', 'a', NOW), signatureOf('k', 'a', later), signatureOf('k', 'b', NOW)];
    expect(new Set(signatures).size).toBe(3);
  });
});

describe('a mail', () => {
  const notice = {
    id: newId(),
    title: '请填报<主体>',
    body: '第一段\n\n第二段 & 更多',
    path: '/campaigns/1',
  };

  it('says in its subject the title and nothing else, on one line', () => {
    const mail = composeNoticeMail({ ...notice, title: '请填报\r\nBcc: x@y.cn' }, 'https://zf.example.cn');
    expect(mail.subject).toBe('【执法学堂】请填报 Bcc: x@y.cn');
  });

  it('carries text, the link to the thing itself and the way to turn mail off', () => {
    const { text } = composeNoticeMail(notice, 'https://zf.example.cn');
    expect(text).toContain('第一段\n第二段 & 更多');
    expect(text).toContain('前往办理：https://zf.example.cn/campaigns/1');
    expect(text).toContain(`https://zf.example.cn/inbox/${notice.id}`);
    expect(text).toContain('更改邮件提醒：https://zf.example.cn/inbox/preferences');
  });

  it('cannot smuggle markup into its HTML', () => {
    const { html } = composeNoticeMail(notice, 'https://zf.example.cn');
    expect(html).toContain('请填报&lt;主体&gt;');
    expect(html).toContain('第二段 &amp; 更多');
    expect(html).not.toContain('<主体>');
  });

  it('that asks to confirm an address names nobody: the address may be a stranger’s', () => {
    const mail = composeConfirmationMail('id.mac', 'https://zf.example.cn');
    expect(mail.text).toContain('https://zf.example.cn/inbox/preferences/confirm/id.mac');
    expect(mail.subject).toBe('【执法学堂】请验证您的邮箱');
  });
});

describe('the text for the work group', () => {
  const given = { title: '请填报', body: '11月30日前', link: 'https://zf.example.cn/x' };

  it('holds title, text, link and who is waited for', () => {
    const waiting = { label: '尚未填报', names: ['甲局', '乙局'] };
    expect(composeGroupText({ ...given, waiting })).toBe(
      '【请填报】\n11月30日前\n链接：https://zf.example.cn/x\n尚未填报（2）：甲局、乙局',
    );
  });

  it('says nothing of nobody, and counts what it cuts', () => {
    const nobody = { label: '尚未填报', names: [] };
    expect(composeGroupText({ ...given, link: null, waiting: nobody })).toBe('【请填报】\n11月30日前');
    const names = Array.from({ length: 101 }, (_, index) => `单位${index}`);
    const text = composeGroupText({ ...given, waiting: { label: '尚未填报', names } });
    expect(text).toContain('尚未填报（101）：单位0、');
    expect(text).toContain('单位99 等 101 个');
    expect(text).not.toContain('单位100');
  });
});

describe('the days of an inbox', () => {
  it('are days of Shanghai, in the order of the list', () => {
    const items = ['2026-11-22T16:30:00Z', '2026-11-22T15:59:00Z', '2026-11-22T01:00:00Z'].map((at) => ({
      sentAt: new Date(at),
    }));
    expect(groupByDay(items).map(({ day, items: { length } }) => [day, length])).toEqual([
      ['2026-11-23', 1],
      ['2026-11-22', 2],
    ]);
    expect(groupByDay([])).toEqual([]);
  });

  it('are called today and yesterday', () => {
    expect(dayHeading('2026-11-23', '2026-11-23')).toBe('今天（2026年11月23日）');
    expect(dayHeading('2026-11-22', '2026-11-23')).toBe('昨天（2026年11月22日）');
    expect(dayHeading('2026-11-21', '2026-11-23')).toBe('2026年11月21日');
  });
});

describe('a mail address', () => {
  it('is ciphertext bound to its account', () => {
    const [mine, other] = [newId(), newId()];
    const sealed = sealMail(secrets, mine, 'li@example.cn');
    expect(sealed.includes('li@example.cn')).toBe(false);
    expect(openMail(secrets, mine, sealed)).toBe('li@example.cn');
    expect(() => openMail(secrets, other, sealed)).toThrow();
  });

  it('is confirmed by our own link only', () => {
    const id = newId();
    const token = confirmationToken(secrets, id);
    expect(readConfirmationToken(secrets, token)).toBe(id);
    expect(readConfirmationToken(secrets, `${newId()}.${token.split('.')[1] ?? ''}`)).toBeNull();
    expect(readConfirmationToken(createSecrets('t'.repeat(32)), token)).toBeNull();
    for (const bad of ['', id, `${id}.`, `${id}.00`, '../../etc', `${token}0`])
      expect(readConfirmationToken(secrets, bad)).toBeNull();
  });
});
