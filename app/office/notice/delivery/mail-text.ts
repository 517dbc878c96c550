export interface MailNotice {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly path: string | null;
}

/** A mail before it has a sender and a receiver. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** One line: a title must not be able to start another header or a second subject line. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

interface MailParts {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly footer: { readonly text: string; readonly label: string; readonly url: string };
}

function draw({ title, paragraphs, links, footer }: MailParts): Mail {
  const text = [
    title,
    '',
    ...paragraphs,
    '',
    ...links.map((link) => `${link.label}：${link.url}`),
    '',
    '--',
    footer.text,
    `${footer.label}：${footer.url}`,
  ];
  const anchor = ({ label, url }: { label: string; url: string }): string =>
    `<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>`;
  const html = [
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>',
    escapeHtml(title),
    '</title></head><body>',
    `<h1 style="font-size:18px">${escapeHtml(title)}</h1>`,
    ...paragraphs.map((line) => `<p>${escapeHtml(line)}</p>`),
    `<p>${links.map(anchor).join('　')}</p>`,
    `<hr><p style="font-size:13px">${escapeHtml(footer.text)}<br>${anchor(footer)}</p>`,
    '</body></html>',
  ];
  return { subject: `【执法学堂】${oneLine(title)}`, text: text.join('\n'), html: html.join('') };
}

/**
 * A notice as mail: its title as the subject and nothing more of it there, the text, a link to the thing itself and one
 * to the inbox, where it counts as read. @param origin without a slash at the end
 */
export function composeNoticeMail(notice: MailNotice, origin: string): Mail {
  const inInbox = { label: '在收件箱中查看', url: `${origin}/inbox/${notice.id}` };
  return draw({
    title: notice.title,
    paragraphs: notice.body.split('\n').filter((line) => line.trim() !== ''),
    links:
      notice.path === null ? [inInbox] : [{ label: '前往办理', url: `${origin}${notice.path}` }, inInbox],
    footer: {
      text: '本邮件由执法学堂自动发出，请勿直接回复。',
      label: '更改邮件提醒',
      url: `${origin}/inbox/preferences`,
    },
  });
}

/** The mail that asks whether an address belongs to who wrote it down. It names no person: the address may be wrong. */
export function composeConfirmationMail(token: string, origin: string): Mail {
  return draw({
    title: '请验证您的邮箱',
    paragraphs: [
      '有人在执法学堂把本邮箱设为接收提醒的地址。如是您本人，请在 24 小时内打开下面的链接，登录后确认。',
      '如不是您本人，请忽略本邮件，不会再有其他邮件发来。',
    ],
    links: [{ label: '验证邮箱', url: `${origin}/inbox/preferences/confirm/${token}` }],
    footer: {
      text: '本邮件由执法学堂自动发出，请勿直接回复。',
      label: '提醒设置',
      url: `${origin}/inbox/preferences`,
    },
  });
}
