import { describe, expect, it } from 'vitest';
import { cutStencil, fillStencil } from '#app/platform/ui/stencil.ts';

const texts: Readonly<Record<string, string>> = { NAME: '张三', AGE: 'NAME$&', '': 'nothing' };

describe('a stencil', () => {
  it('puts each text where its mark stood, as often as it stood there, and looks at no text again', () => {
    const stencil = cutStencil('<b>NAME</b>, AGE, NAME', /NAME|AGE/);
    expect(stencil.holes).toEqual(['NAME', 'AGE', 'NAME']);
    expect(fillStencil(stencil, (mark) => texts[mark] ?? '')).toBe('<b>张三</b>, NAME$&, 张三');
  });

  it('without marks is the text itself', () => {
    expect(fillStencil(cutStencil('plain', /NAME/), () => 'never')).toBe('plain');
    expect(fillStencil(cutStencil('', /NAME/), () => 'never')).toBe('');
  });
});
