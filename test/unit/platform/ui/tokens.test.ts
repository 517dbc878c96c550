import { describe, expect, it } from 'vitest';
import { CONTRAST_RULES, cssVariables, TOKENS } from '#app/platform/ui/theme/tokens.ts';
import type { Mode } from '#app/platform/ui/theme/tokens.ts';

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const MODES: readonly Mode[] = ['light', 'dark'];

describe('colours of the house', () => {
  it('the measure itself: black on white is 21', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });

  it.each(MODES.flatMap((mode) => CONTRAST_RULES.map((rule) => ({ mode, ...rule }))))(
    '$mode: $foreground on $background reaches $least',
    ({ mode, foreground, background, least }) => {
      expect(contrast(TOKENS[mode][foreground], TOKENS[mode][background])).toBeGreaterThanOrEqual(least);
    },
  );

  it('both modes name the same colours', () => {
    expect(Object.keys(TOKENS.dark).sort()).toEqual(Object.keys(TOKENS.light).sort());
  });

  it('become CSS variables as channels', () => {
    expect(cssVariables('light')).toMatchObject({ '--surface-raised': '255 255 255' });
  });
});
