import { useEffect } from 'react';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { CandidateFrame } from '#app/platform/ui/frames/candidate-frame.tsx';

const LOOK_AGAIN_MS = 3_000;

/** The few seconds between the end of an exam and its result. Looks again by itself, and by a link without JavaScript. */
export function ClosingRoom({ title, personName }: { title: string; personName: string }) {
  useEffect(() => {
    const timer = setTimeout(() => location.reload(), LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <CandidateFrame title={title} name={personName} head={<span className="text-sm">考试已结束</span>}>
      <section className="mx-auto max-w-measure py-8">
        <h2 className="text-2xl font-semibold">考试时间已到，正在评分</h2>
        <p className="mt-4">系统按时间结束前已收到的作答评分，通常几秒钟内完成。</p>
        <p className="mt-6">
          <a href="" className={buttonClass('primary')}>
            查看结果
          </a>
        </p>
      </section>
    </CandidateFrame>
  );
}
