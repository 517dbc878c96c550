import type { PaperKind } from '#app/office/document/paper.ts';
import {
  addressee,
  blanks,
  form,
  item,
  numberLine,
  paragraph,
  signature,
  title,
  wideItem,
} from '#app/office/document/papers/blocks.ts';
import { field } from '#app/office/document/papers/field.ts';

const PAPER = {
  format: 'docx',
  area: '证件决定',
  issuer: 'bureau',
  reads: 'certificate.read_papers',
} as const;

/** What every paper about one act on one card may name. */
const ACT_FIELDS = [
  field('姓名', '张某'),
  field('身份证号', '1404**********1234', '身份证号，隐去中间各位'),
  field('单位名称', '示例市城市管理局'),
  field('证号', '99000100001', '行政执法证证号'),
  field('执法领域', '城市管理'),
  field('事由', '执法时不按规定出示证件'),
  field('法律依据', '《某省行政执法证件管理办法》第二十条'),
  field('决定机关', '示例市司法局'),
  field('决定日期', '2026年11月21日'),
  field('生效日期', '2026年11月21日'),
  field('截止日期', '2027年1月20日', '暂扣截止日期；其他事项为空'),
  field('陈述申辩情况', '本人承认事实，未提出异议', '没有登记时为“未提出陈述申辩”'),
  field('申诉期限', '10个工作日'),
] as const;

const ADDRESSEE = addressee('{姓名}（{单位名称}）：');
const SIGNATURE = signature('{决定机关}', '{决定日期}');
const REMEDY = paragraph(
  '如对本决定有异议，可以自收到之日起{申诉期限}内向作出决定的机关书面提出。异议期间不停止执行。',
);

interface Act {
  readonly code: string;
  readonly word: string;
  /** What is decided, after 「决定」 and 「拟」. */
  readonly what: string;
  readonly effect: string;
}

const ACTS = {
  suspended: {
    code: 'suspension',
    word: '暂扣',
    what: '暂扣你的行政执法证（证号：{证号}），期限自{生效日期}起至{截止日期}止',
    effect:
      '暂扣期间你不得从事行政执法活动，请将证件交所在单位统一保管，并按要求参加离岗培训。期满且培训考核合格的，经审核恢复使用。',
  },
  recovered: {
    code: 'recovery',
    word: '收回',
    what: '收回你的行政执法证（证号：{证号}），自{生效日期}起执行',
    effect: '请将证件交所在单位，由单位送交发证机关。证件收回后你不得从事行政执法活动。',
  },
  cancelled: {
    code: 'cancellation',
    word: '注销',
    what: '注销你的行政执法证（证号：{证号}），自{生效日期}起执行',
    effect: '证件注销后不得继续使用，实体证件尚未交回的，请立即交回。',
  },
  revoked: {
    code: 'revocation',
    word: '吊销',
    what: '吊销你的行政执法证（证号：{证号}），自{生效日期}起执行',
    effect: '证件吊销后你不得从事行政执法活动，在规定期限内不得重新申领；请立即将实体证件交回。',
  },
} as const satisfies Readonly<Record<string, Act>>;
export type DecidedAct = keyof typeof ACTS;

function decisionPaper(act: Act): PaperKind {
  return {
    ...PAPER,
    code: `certificate.${act.code}_decision`,
    title: `行政执法证件${act.word}决定书`,
    fields: ACT_FIELDS,
    layout: {
      blocks: [
        title(`行政执法证件${act.word}决定书`),
        numberLine(),
        ADDRESSEE,
        paragraph('经查，你存在以下情形：{事由}。陈述申辩情况：{陈述申辩情况}。'),
        paragraph(`依据{法律依据}，现决定${act.what}。`),
        paragraph(act.effect),
        REMEDY,
        SIGNATURE,
      ],
    },
  };
}

/** Before the decision: what is intended and why, and that the person may speak (听取陈述申辩, domain.md §11.1). */
function noticePaper(act: Act): PaperKind {
  return {
    ...PAPER,
    code: `certificate.${act.code}_notice`,
    title: `行政执法证件${act.word}告知书`,
    fields: ACT_FIELDS,
    layout: {
      blocks: [
        title(`行政执法证件${act.word}告知书`),
        numberLine(),
        ADDRESSEE,
        paragraph('经查，你存在以下情形：{事由}。'),
        paragraph(`依据{法律依据}，拟${act.what}。`),
        paragraph(
          '对上述事实、理由和依据，你有权进行陈述和申辩。请自收到本告知书之日起{申诉期限}内书面或者当面提出；逾期不提出的，视为放弃。',
        ),
        signature('{决定机关}'),
      ],
    },
  };
}

export const DECISION_PAPERS = {
  suspended: decisionPaper(ACTS.suspended),
  recovered: decisionPaper(ACTS.recovered),
  cancelled: decisionPaper(ACTS.cancelled),
  revoked: decisionPaper(ACTS.revoked),
} as const satisfies Readonly<Record<DecidedAct, PaperKind>>;

export const NOTICE_PAPERS = {
  suspended: noticePaper(ACTS.suspended),
  recovered: noticePaper(ACTS.recovered),
  cancelled: noticePaper(ACTS.cancelled),
  revoked: noticePaper(ACTS.revoked),
} as const satisfies Readonly<Record<DecidedAct, PaperKind>>;

/** 陈述申辩笔录: filled by hand while the person speaks. */
export const STATEMENT_RECORD: PaperKind = {
  ...PAPER,
  code: 'certificate.statement_record',
  title: '陈述申辩笔录',
  fields: ACT_FIELDS,
  layout: {
    blocks: [
      title('陈述申辩笔录'),
      form(
        item('陈述申辩人', '{姓名}'),
        item('身份证号'),
        wideItem('工作单位', '{单位名称}'),
        item('证号'),
        item('事由'),
        item('时间', '　　年　　月　　日　　时'),
        item('地点', ''),
        wideItem('陈述申辩内容', '\n\n\n\n\n\n\n\n\n\n'),
      ),
      blanks('陈述申辩人（签名）：', '记录人（签名）：', '承办人（两人签名）：'),
    ],
  },
};

/** 返还通知: the card goes back to its holder after 暂扣 or a return to the post. */
export const RETURN_NOTICE: PaperKind = {
  ...PAPER,
  code: 'certificate.return_notice',
  title: '行政执法证件返还通知书',
  fields: ACT_FIELDS,
  layout: {
    blocks: [
      title('行政执法证件返还通知书'),
      numberLine(),
      ADDRESSEE,
      paragraph(
        '因{事由}，依据{法律依据}，你的行政执法证（证号：{证号}）自{生效日期}起恢复使用。请凭本通知到证件保管单位领取证件并签收。',
      ),
      SIGNATURE,
      blanks('领取人（签名）：　　　　　　　　　　年　　月　　日'),
    ],
  },
};

/** 送达回证 for whichever paper was served. */
export const SERVICE_RECEIPT: PaperKind = {
  ...PAPER,
  code: 'certificate.service_receipt',
  title: '送达回证',
  fields: [
    ...ACT_FIELDS,
    field('送达文书', '行政执法证件暂扣决定书'),
    field('送达文书文号', '示例司证〔2026〕12号'),
  ],
  layout: {
    blocks: [
      title('送达回证'),
      form(
        wideItem('送达机关', '{决定机关}'),
        wideItem('送达文书'),
        wideItem('文号', '{送达文书文号}'),
        item('受送达人', '{姓名}'),
        item('工作单位', '{单位名称}'),
        wideItem('送达地点', ''),
        wideItem('送达方式', '□直接　□留置　□邮寄　□其他'),
        wideItem('受送达人签收', '\n（签名）　　　　　　年　　月　　日'),
        wideItem('代收人及代收理由', '\n（签名）　　　　　　年　　月　　日'),
        wideItem('送达人', '\n（两人签名）　　　　年　　月　　日'),
        wideItem('备注', ''),
      ),
    ],
  },
};

export const DECISION_PAPER_KINDS: readonly PaperKind[] = [
  ...Object.values(NOTICE_PAPERS),
  STATEMENT_RECORD,
  ...Object.values(DECISION_PAPERS),
  SERVICE_RECEIPT,
  RETURN_NOTICE,
];
