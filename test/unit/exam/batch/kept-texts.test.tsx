import { describe, expect, it } from 'vitest';
import { HandInCard } from '#app/exam/batch/ui/hand-in-card.tsx';
import { parseDay } from '#app/platform/time/day.ts';
import { renderAt } from '../../platform/ui/render.tsx';

const dueDay = parseDay('2026-11-29');

/** Two units' lists, of which the first was refused with what is typed here. */
function card(typed: Readonly<Record<string, string>>): string {
  if (dueDay === null) return '';
  const part = { state: 'waiting', version: 1, dueDay, registered: 2 } as const;
  const parts = [
    { ...part, unitId: 'a', unitName: '甲局' },
    { ...part, unitId: 'b', unitName: '乙局' },
  ];
  const shown = { parts, preparer: '张某', typed, commandIds: ['1', '2'] };
  return renderAt('/', <HandInCard {...shown} />);
}

describe('a list that is refused', () => {
  it('keeps who filled it in, at its own unit only', () => {
    const html = card({ unitId: 'a', preparer: '王某', phone: '0376-1234567' });
    expect(html.match(/value="王某"/g)).toHaveLength(1);
    expect(html.match(/value="张某"/g)).toHaveLength(1);
    expect(html.match(/value="0376-1234567"/g)).toHaveLength(1);
  });

  it('otherwise begins with the name of who is signed in', () => {
    expect(card({}).match(/value="张某"/g)).toHaveLength(2);
  });
});
