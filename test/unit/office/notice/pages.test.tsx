import { describe, expect, it } from 'vitest';
import { KindsForm } from '#app/office/notice/ui/kinds-form.tsx';
import { MailSection } from '#app/office/notice/ui/mail-section.tsx';
import { MarkReadForm } from '#app/office/notice/ui/mark-read-form.tsx';
import { InboxList } from '#app/office/notice/ui/inbox-list.tsx';
import { MessageForm } from '#app/office/notice/ui/message-form.tsx';
import { CopyText } from '#app/platform/ui/data/copy-text.tsx';
import { renderAt } from '../../platform/ui/render.tsx';

const COMMAND = '0190a0a0-0000-7000-8000-000000000001';
const AT = new Date('2026-11-23T01:00:00.000Z');

describe('the inbox', () => {
  const line = {
    id: 'n1',
    kind: 'campaign.issued',
    kindLabel: '下发通知',
    title: '请填报主体资格',
    snippet: '11月30日前完成',
    path: '/campaigns/1',
    sentAt: AT,
    readAt: null,
    waits: true,
  } as const;

  it('says in words what is unread and needs doing, and leads to it by a form', () => {
    const html = renderAt(
      '/inbox',
      <InboxList days={[{ day: '2026-11-23', items: [line] }]} today="2026-11-23" />,
    );
    for (const text of ['今天（2026年11月23日）', '未读，需办理', '下发通知', '09:00', 'href="/inbox/n1"'])
      expect(html).toContain(text);
    expect(html).toContain('method="post"');
    expect(html).not.toContain('href="/campaigns/1"');
  });

  it('has a button to mark a notice as read without JavaScript, and none once it is', () => {
    expect(renderAt('/inbox/n1', <MarkReadForm readAt={null} />)).toContain('标为已读');
    const read = renderAt('/inbox/n1', <MarkReadForm readAt={AT} />);
    expect(read).toContain('2026年11月23日 09:00已读');
    expect(read).not.toContain('<button');
  });
});

describe('the text to copy', () => {
  it('stands in a labelled field before JavaScript, without a button that would do nothing', () => {
    const html = renderAt('/x', <CopyText label="文字" text={'第一行\n第二行'} hint="粘贴到工作群" />);
    expect(html).toContain('readonly=""');
    expect(html).toContain('第一行\n第二行');
    expect(html).not.toContain('<button');
  });
});

describe('the message form', () => {
  const scope = [
    {
      id: 'r1',
      name: '某区',
      units: [
        { id: 'u1', name: '某区城管局', hasLiaison: true },
        { id: 'u2', name: '某区农业局', hasLiaison: false },
      ],
    },
  ];

  it('offers a region or single units, says which have no liaison, and keeps what was chosen', () => {
    const html = renderAt(
      '/inbox/sent/new',
      <MessageForm
        commandId={COMMAND}
        scope={scope}
        values={{ title: '会议', body: '', units: ['u1'], regions: [] }}
        errors={{ body: '请填写内容' }}
      />,
    );
    for (const text of [
      '某区全部单位',
      '2 家，其中 1 家未设联络员',
      '某区农业局（未设联络员）',
      '请填写内容',
    ])
      expect(html).toContain(text);
    expect(html).toMatch(/name="units"[^>]*checked=""[^>]*value="u1"|value="u1"[^>]*checked=""/);
    expect(html).toMatch(/disabled=""[^>]*value="u2"|value="u2"[^>]*disabled=""/);
  });
});

describe('the preferences', () => {
  it('say when the installation sends no mail', () => {
    const html = renderAt(
      '/inbox/preferences',
      <MailSection hasMail={false} mail={null} typed={undefined} error={undefined} />,
    );
    expect(html).toContain('本平台尚未开通邮件');
    expect(html).not.toContain('<input');
  });

  it('show the address with its state and the next step', () => {
    const html = renderAt(
      '/inbox/preferences',
      <MailSection
        hasMail
        mail={{ address: 'li@example.cn', state: 'not_sent' }}
        typed="li@@"
        error="邮箱格式不对"
      />,
    );
    for (const text of [
      'li@example.cn',
      '待验证',
      '验证邮件没有发出',
      '重新发送验证邮件',
      'li@@',
      '邮箱格式不对',
    ])
      expect(html).toContain(text);
  });

  it('tick the kinds that come by mail', () => {
    const html = renderAt(
      '/inbox/preferences',
      <KindsForm
        kinds={[
          { kind: 'campaign.issued', label: '下发通知', needsAction: true, byMail: true },
          { kind: 'office.message', label: '工作消息', needsAction: false, byMail: false },
        ]}
      />,
    );
    expect(html.match(/checked=""/g)).toHaveLength(1);
    expect(html).toContain('需要办理');
  });
});
