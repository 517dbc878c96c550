import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { WithheldView } from '../result-view.server.ts';

/** Handed in and graded; what was reached is told when the bureau releases the results. */
export function WithheldResult({ result }: { result: WithheldView }) {
  return (
    <>
      <PageHead
        title={result.title}
        breadcrumb={[{ label: '考试', to: '/exams' }]}
        meta={`${result.personName}，准考证号 ${result.ticketNo}`}
      />
      <Callout tone="info" title="已交卷，成绩待发布" action={<LinkButton to="/exams">返回考试</LinkButton>}>
        本场考试的成绩由司法局统一发布，发布后在收件箱通知您。
      </Callout>
    </>
  );
}
