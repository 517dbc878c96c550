import { formatDay } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Card } from '#app/platform/ui/data/card.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import type { ChangePreview as Preview } from '../preview.server.ts';
import { Consequences } from './consequences.tsx';

/** The last look before an act is filed: what is to be done, everything it touches, and what the button does. */
export function ChangePreview({
  preview,
  planText,
  commandId,
  back,
}: {
  preview: Preview;
  /** the plan as it was judged; read again by its schema when it comes back */
  planText: string;
  commandId: string;
  back: string;
}) {
  const { title, day, documentNo, sections, needsSecondPerson, isPlanned } = preview;
  const effect = isPlanned ? `至 ${formatDay(day)} 自动生效` : '立即生效';
  return (
    <div className="space-y-6">
      <Callout tone="info" title={`将办理：${title}`}>
        {`自 ${formatDay(day)} 起，依据 ${documentNo}。此前各日的机构、人员归属和统计数据保持不变。`}
      </Callout>
      <Card title="变更内容">
        <DefinitionList
          columns={2}
          items={[
            { term: '生效日期', value: formatDay(day) },
            { term: '批文号', value: documentNo },
          ]}
        />
      </Card>
      <Card title="影响预览">
        <Consequences sections={sections} />
      </Card>
      <FormShell id="file-change" commandId={commandId}>
        <input type="hidden" name="intent" value="file" />
        <input type="hidden" name="plan" value={planText} />
        <input type="hidden" name="effectiveDay" value={day} />
        <input type="hidden" name="documentNo" value={documentNo} />
        <p className="border-l-2 border-line-strong pl-4">
          {needsSecondPerson
            ? `提交后由本局另一名人员复核，复核同意后${effect}。`
            : `本地区规则为一人办理，提交后${effect}；请留存签字的审批单。`}
        </p>
        <div className="flex flex-wrap gap-3">
          <SubmitButton busyText="正在提交…">{needsSecondPerson ? '提交复核' : '确认办理'}</SubmitButton>
          <LinkButton to={back}>返回修改</LinkButton>
        </div>
      </FormShell>
    </div>
  );
}
