import { describe, expect, it } from 'vitest';
import { CandidateFrame } from '#app/platform/ui/frames/candidate-frame.tsx';
import { activeItem } from '#app/platform/ui/frames/frame-user.ts';
import type { FrameUser } from '#app/platform/ui/frames/frame-user.ts';
import { OfficerFrame } from '#app/platform/ui/frames/officer-frame.tsx';
import { OfficialFrame } from '#app/platform/ui/frames/official-frame.tsx';
import { PublicFrame } from '#app/platform/ui/frames/public-frame.tsx';
import { renderAt } from './render.tsx';

const USER: FrameUser = {
  displayName: '周立新',
  roleLabel: '证件管理',
  unitName: '云州市司法局',
  unread: 3,
  links: [{ to: '/me', label: '我的证件' }],
  elder: true,
  theme: 'dark',
};
const NAV = [
  {
    label: '证件',
    items: [
      { to: '/bureau', label: '概览' },
      { to: '/bureau/certificates?year=2026', label: '证件名册', badge: 12 },
    ],
  },
];

describe('frames before JavaScript', () => {
  it('the official’s navigation opens as details and marks the page it is on', () => {
    const html = renderAt(
      '/bureau/certificates/7',
      <OfficialFrame user={USER} nav={NAV}>
        desk
      </OfficialFrame>,
    );
    expect(html).toMatch(/<details[^>]*><summary[^>]*>菜单/);
    expect(html).toMatch(/aria-current="page"[^>]*href="\/bureau\/certificates\?year=2026"/);
    expect(html).toContain('<main id="main"');
  });

  it('preferences and sign-out are forms, and the preferences lead back here', () => {
    const html = renderAt(
      '/hours?year=2026',
      <OfficerFrame user={USER} active="hours">
        ledger
      </OfficerFrame>,
    );
    expect(html).toContain('action="/logout"');
    expect(html).toContain('action="/preferences"');
    expect(html).toContain('name="returnTo" value="/hours?year=2026"');
    expect(html).toMatch(/name="elder" value="on" aria-pressed="true"/);
    expect(html).toMatch(/name="theme" value="dark" aria-pressed="true"/);
  });

  it('the exam room leads nowhere', () => {
    const html = renderAt(
      '/attempts/1',
      <CandidateFrame title="考试" name="林海燕" head="剩余 47:53">
        question
      </CandidateFrame>,
    );
    expect(html).not.toContain('<a ');
    expect(html).not.toContain('<nav');
  });

  it('a notice is a code out of a closed list, never a text of the link', () => {
    const shown = renderAt('/verify?notice=saved', <PublicFrame>counter</PublicFrame>);
    expect(shown).toContain('已保存。');
    for (const code of ['点此转账', 'constructor', '__proto__']) {
      const html = renderAt(`/verify?notice=${encodeURIComponent(code)}`, <PublicFrame>counter</PublicFrame>);
      expect(html).toMatch(/<div role="status" data-toast="true"[^>]*><\/div>/);
    }
  });
});

describe('the navigation item of a page', () => {
  it.each([
    ['/bureau', '概览'],
    ['/bureau/exams', '概览'],
    ['/bureau/certificates', '证件名册'],
    ['/bureau/certificates/7/history', '证件名册'],
    ['/bureaucracy', undefined],
  ])('%s belongs to %s', (pathname, label) => {
    expect(activeItem(NAV, pathname)?.label).toBe(label);
  });
});
