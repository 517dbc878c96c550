import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { clockText } from './room-times.ts';

/** What a candidate without JavaScript has to know: nothing saves by itself, and no clock runs. */
export function WithoutScripts({ endsAtMs }: { endsAtMs: number }) {
  return (
    <noscript>
      <div className="mb-6">
        <Callout tone="warning" title="本页不能自动保存作答">
          {`浏览器未启用 JavaScript。请每答几题按一次“立即保存”；本场考试 ${clockText(endsAtMs)} 结束，到时没有保存的作答不计分。页面上的剩余时间是打开本页时的时间，不会自动更新。`}
        </Callout>
      </div>
    </noscript>
  );
}
