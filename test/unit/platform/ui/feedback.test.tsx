import { describe, expect, it } from 'vitest';
import { Ring } from '#app/platform/ui/data/ring.tsx';
import { Share } from '#app/platform/ui/data/share.tsx';
import { Tabs } from '#app/platform/ui/data/tabs.tsx';
import { ConfirmDialog, refusalIn } from '#app/platform/ui/feedback/confirm-dialog.tsx';
import { ErrorPage } from '#app/platform/ui/feedback/error-page.tsx';
import { errorWords } from '#app/platform/ui/feedback/error-words.ts';
import { ProgressBar } from '#app/platform/ui/feedback/progress.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { BadgeShape } from '#app/platform/ui/feedback/state-badge.tsx';
import { renderAt } from './render.tsx';

describe('a state', () => {
  const drawn = (shape: BadgeShape) => {
    const html = renderAt(
      '/',
      <StateBadge shape={shape} tone="neutral">
        注销
      </StateBadge>,
    );
    return { html, svg: /<svg.*<\/svg>/.exec(html)?.[0] ?? '' };
  };

  it('always has its word beside a shape hidden from screen readers', () => {
    const { html, svg } = drawn('hollow');
    expect(html.replace(/<svg.*<\/svg>/, '')).toContain('注销');
    expect(svg).toContain('aria-hidden="true"');
  });

  it('is told apart by shape alone, without colour', () => {
    const shapes = (['solid', 'half', 'hollow', 'dot'] as const).map((shape) => drawn(shape).svg);
    expect(new Set(shapes).size).toBe(4);
  });
});

describe('an irreversible act', () => {
  it('asks the reason first, says what will happen, and names it on the button, also before JavaScript', () => {
    const html = renderAt(
      '/certificates/7',
      <ConfirmDialog
        id="cancel"
        title="注销证件"
        trigger="注销…"
        confirm="注销该证件，不可恢复"
        commandId="c"
        reasonLabel="注销理由"
      >
        将注销 林海燕 的证件
      </ConfirmDialog>,
    );
    const order = ['<summary', '注销理由', '将注销 林海燕', '注销该证件，不可恢复'].map((part) =>
      html.indexOf(part),
    );
    expect(order.every((at) => at >= 0)).toBe(true);
    expect([...order].sort((a, b) => a - b)).toEqual(order);
  });

  it.each([
    ['the sentence', { refusal: '已办理' }, '已办理'],
    ['an answer with its sentence', { refusal: { code: 'X', status: 409, text: '已办理' } }, '已办理'],
    ['no refusal', { refusal: null, errors: {} }, null],
    ['success', undefined, null],
  ])('tells inside the dialog why it was refused: %s', (_, answer, words) => {
    expect(refusalIn(answer)).toBe(words);
  });

  it('opens by itself when the reason was refused, so the message is seen', () => {
    const html = renderAt(
      '/certificates/7',
      <ConfirmDialog
        id="cancel"
        title="注销证件"
        trigger="注销…"
        confirm="注销该证件"
        commandId="c"
        reasonLabel="注销理由"
        reasonError="请写明注销理由"
      >
        将注销 林海燕 的证件
      </ConfirmDialog>,
    );
    expect(html).toContain('<details open=""');
    expect(html).toContain('请写明注销理由');
  });
});

describe('a page that cannot be shown', () => {
  it('shows nothing of the error but its id, and one next step', () => {
    const html = renderAt('/x', <ErrorPage error={new Error('select * from secrets')} requestId="r-1" />);
    expect(html).toContain('系统出现故障');
    expect(html).toContain('r-1');
    expect(html).not.toContain('secrets');
  });

  it.each([403, 404, 409, 500, 503])('%i has a title, a text and a next step', (status) => {
    const words = errorWords(status);
    expect(words.title).not.toBe('');
    expect(words.text).toMatch(/。$/);
    expect(words.next.label).not.toBe('');
  });

  it('an unknown refusal is no fault of the system', () => {
    expect(errorWords(418).title).toBe('无法办理');
    expect(errorWords(599).title).toBe('系统出现故障');
  });
});

describe('figures', () => {
  it('a ring is never overfull and empty without a target', () => {
    const dash = (value: number, max: number) =>
      /stroke-dasharray="([\d.]+)/.exec(
        renderAt('/', <Ring {...{ value, max }} figure="" caption="" label="" />),
      )?.[1];
    expect(dash(90, 60)).toBe(dash(60, 60));
    expect(dash(10, 0)).toBeUndefined();
  });

  it('progress says its counts in words', () => {
    const html = renderAt('/', <ProgressBar value={3} max={4} label="生成" detail="3 / 4，约 1 分钟" />);
    expect(html).toContain('aria-valuetext="3 / 4，约 1 分钟"');
    expect(html).toContain('width:75.00%');
  });

  it('a share of nobody is a dash', () => {
    expect(renderAt('/', <Share part={0} whole={0} />)).toBe('<span>–</span>');
  });

  it('the open tab stands in the URL; an unknown one opens the first', () => {
    const items = [
      { id: 'events', label: '经过', content: 'first' },
      { id: 'exams', label: '考试', content: 'second' },
    ];
    expect(renderAt('/c?tab=exams&year=2026', <Tabs label="记录" items={items} />)).toContain('second');
    expect(renderAt('/c?tab=none', <Tabs label="记录" items={items} />)).toContain('first');
    expect(renderAt('/c?year=2026', <Tabs label="记录" items={items} />)).toContain(
      '?year=2026&amp;tab=exams',
    );
  });
});
