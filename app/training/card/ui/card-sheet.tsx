import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { formatDay } from '#app/platform/time/day.ts';
import { formatHours, formatHoursFigure, groupDigits } from '#app/platform/ui/text/format.ts';
import { CATEGORY_LABELS } from '../../ledger/hours.ts';
import type { Card, CardRow } from '../card.ts';
import { daysText, threeColumns } from '../card.ts';
import { conclusionText, requiredText, sealText } from '../card-paper.ts';

const HEADS = [
  '序号',
  '培训日期',
  '培训名称',
  '主办单位',
  '培训形式',
  '培训类别',
  '培训内容',
  '地点',
  '规定学时/分钟',
  '折算学时',
  '考核结果',
  '证明材料',
  '登记人',
  '审核人',
] as const;
/** Places of the two figures among the heads. */
const FIGURES: readonly number[] = [8, 9];

const blank = (text: string) => (text === '' ? '–' : text);

/** 业务培训登记卡 as on paper: head, every training of the year, sums, conclusion, fields to be signed. */
export function CardSheet({ card, isOwn }: { card: Card; isOwn: boolean }) {
  const { person } = card;
  return (
    <article aria-label="业务培训登记卡" className="space-y-6 print:space-y-3">
      <DefinitionList
        columns={3}
        items={[
          { term: '姓名', value: person.name },
          { term: '性别', value: person.sex },
          { term: '单位', value: blank(person.unitName) },
          { term: '职务', value: blank(person.position) },
          { term: '执法领域', value: blank(person.fieldName) },
          { term: '执法证号', value: blank(groupDigits(person.certificateNo)) },
        ]}
      />
      <Trainings rows={card.rows} year={card.year} isOwn={isOwn} />
      <Sums card={card} />
      <Signatures />
      <p className="text-sm text-ink-muted">
        合计按实际秒数累加后一次折算，舍去不足 0.01 学时的部分；逐行折算值相加可能略小。
      </p>
    </article>
  );
}

function Trainings({ rows, year, isOwn }: { rows: readonly CardRow[]; year: number; isOwn: boolean }) {
  if (rows.length === 0)
    return <p className="rounded-md border border-line px-5 py-4">{`${year}年度没有学时记录。`}</p>;
  return (
    // No width of its own: inside the sheet, a layout table, it would widen the page instead of scrolling.
    <div
      role="region"
      aria-label="培训记录"
      tabIndex={0}
      className="print-flow w-0 min-w-full overflow-x-auto rounded-md border border-line bg-surface-raised print:w-auto"
    >
      <table className="w-max min-w-full border-collapse text-sm print:w-full print:text-xs">
        <caption className="sr-only">培训记录</caption>
        <thead>
          <tr className="border-b border-line-strong">
            {HEADS.map((head, index) => (
              <th
                key={head}
                scope="col"
                className={`whitespace-nowrap px-2 py-2 font-semibold print:whitespace-normal ${FIGURES.includes(index) ? 'text-right' : 'text-left'}`}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Training key={row.entryId} row={row} position={index + 1} isOwn={isOwn} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const CELL = 'max-w-[14em] px-2 py-2 align-top print:px-1 print:py-1';
const FIGURE = 'whitespace-nowrap px-2 py-2 text-right align-top tabular-nums print:px-1 print:py-1';

function Training({ row, position, isOwn }: { row: CardRow; position: number; isOwn: boolean }) {
  return (
    <tr className="border-b border-line last:border-b-0">
      <td className={`${CELL} tabular-nums`}>{position}</td>
      <td className={`${CELL} tabular-nums`}>{daysText(row)}</td>
      <th scope="row" className={`${CELL} text-left font-normal`}>
        {row.title}
        {row.isAdjustment ? <span className="block text-caution">封账后调整</span> : null}
        {isOwn && row.kind !== 'reversal' ? (
          <TextLink to={`/hours/objections?entry=${row.entryId}`} className="no-print block">
            提出异议
          </TextLink>
        ) : null}
      </th>
      <td className={CELL}>{blank(row.organiser)}</td>
      <td className={CELL}>{blank(row.form)}</td>
      <td className={CELL}>{CATEGORY_LABELS[row.category]}</td>
      <td className={CELL}>{blank(row.content)}</td>
      <td className={CELL}>{blank(row.place)}</td>
      <td className={FIGURE}>{blank(row.stated)}</td>
      <td className={FIGURE}>{formatHoursFigure(row.creditSeconds)}</td>
      <td className={CELL}>{blank(row.result)}</td>
      <td className={CELL}>{blank(row.proof)}</td>
      <td className={CELL}>{blank(row.recordedBy)}</td>
      <td className={CELL}>{blank(row.approvedBy)}</td>
    </tr>
  );
}

function Sums({ card }: { card: Card }) {
  const columns = threeColumns(card.sums);
  return (
    <DefinitionList
      columns={2}
      items={[
        { term: '公共法律知识', value: formatHours(columns.publicLaw) },
        {
          term: '业务知识',
          value: `${formatHours(columns.business)}（其中专业法律知识 ${formatHours(columns.specialisedLaw)}）`,
        },
        { term: '行政执法技能', value: formatHours(columns.skill) },
        { term: '合计', value: `${formatHours(columns.total)}（应完成 ${formatHours(card.targetSeconds)}）` },
        { term: '必修课完成情况', value: requiredText(card.required) },
        { term: '年度结论', value: conclusionText(card) },
        { term: '封账情况', value: <SealLine card={card} /> },
      ]}
    />
  );
}

function SealLine({ card }: { card: Card }) {
  if (card.seal === null) return <>{`未封账，截至${formatDay(card.asOfDay)}`}</>;
  return (
    <>
      {sealText(card)}
      <TextLink to={`/hours/seals/${card.seal.sealNo}`} className="no-print ml-3">
        查验
      </TextLink>
    </>
  );
}

/** Filled by hand on paper. */
function Signatures() {
  return (
    <div className="hidden print:block">
      <DefinitionList
        columns={2}
        items={['本人签字', '单位法制机构意见', '单位盖章', '日期'].map((term) => ({ term, value: ' ' }))}
      />
    </div>
  );
}
