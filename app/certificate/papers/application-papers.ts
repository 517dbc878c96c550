import type { PaperKind } from '#app/office/document/paper.ts';
import {
  addressee,
  column,
  form,
  heading,
  item,
  note,
  numberLine,
  paragraph,
  rowNumbers,
  signature,
  table,
  title,
  wideItem,
} from '#app/office/document/papers/blocks.ts';
import { field, rowField } from '#app/office/document/papers/field.ts';

const PAPER = { area: '证件申领', reads: 'certificate.read_papers' } as const;
const LIST = '申领人员';

const APPLICANT_ROWS = [
  rowField(LIST, '姓名', '张某'),
  rowField(LIST, '性别', '男'),
  rowField(LIST, '身份证号', '1404**********1234', '身份证号，隐去中间各位'),
  rowField(LIST, '工作单位', '示例市城市管理局'),
  rowField(LIST, '内设机构', '执法大队'),
  rowField(LIST, '职务', '科员'),
  rowField(LIST, '编制性质', '行政编制'),
  rowField(LIST, '执法领域', '城市管理'),
  rowField(LIST, '执法区域', '示例市市辖区'),
  rowField(LIST, '备注', '', '留空，供填写'),
] as const;

const UNIT_FIELDS = [
  field('申领单位', '示例市城市管理局'),
  field('受理单位', '示例市司法局', '受理申领的司法行政机关'),
  field('申领人数', '3'),
  field('联系人', '王某', '申报人'),
] as const;

/** 申领函: the unit asks the bureau for cards, with the list of persons. */
export const APPLICATION_LETTER: PaperKind = {
  ...PAPER,
  code: 'application.letter',
  title: '行政执法证件申领函',
  format: 'docx',
  issuer: 'unit',
  fields: [...UNIT_FIELDS, ...APPLICANT_ROWS],
  layout: {
    blocks: [
      title('关于申领行政执法证件的函'),
      numberLine(),
      addressee('{受理单位}：'),
      paragraph(
        '我单位{申领人数}名在编在岗执法人员已通过公共法律知识考试，符合申领条件。现申请为其核发行政执法证件，名单附后。所报材料真实、准确，请予审核。',
      ),
      paragraph('联系人：{联系人}。'),
      signature('{申领单位}'),
      heading('附件：申领人员名单'),
      table(
        LIST,
        rowNumbers(0.6),
        column('姓名', { align: 'center' }),
        column('身份证号', { weight: 2 }),
        column('职务'),
        column('编制性质'),
        column('执法领域', { weight: 1.2 }),
      ),
    ],
  },
};

/** 申领人员花名册, with the heads offices know (domain.md §11.3). */
export const APPLICANT_ROSTER: PaperKind = {
  ...PAPER,
  code: 'application.roster',
  title: '行政执法证件申领人员花名册',
  format: 'xlsx',
  issuer: 'unit',
  fields: [...UNIT_FIELDS, ...APPLICANT_ROWS],
  layout: {
    orientation: 'landscape',
    blocks: [
      title('行政执法证件申领人员花名册'),
      paragraph('填报单位（盖章）：{申领单位}　　　　填报日期：{签发日期}'),
      table(
        LIST,
        rowNumbers(),
        column('姓名', { align: 'center' }),
        column('性别', { weight: 0.5, align: 'center' }),
        column('身份证号', { weight: 1.8, align: 'center' }),
        column('工作单位', { weight: 1.8 }),
        column('内设机构', { weight: 1.2 }),
        column('职务/职级', { text: '{职务}' }),
        column('编制性质'),
        column('执法类别', { text: '{执法领域}' }),
        column('执法区域', { weight: 1.2 }),
        column('备注', { weight: 0.8 }),
      ),
      note('填表人：{联系人}　　　　审核人：　　　　　　　单位负责人：　　　　　　'),
    ],
  },
};

/** 资格审查表: one applicant, every requirement with its answer (T1, AJ1). */
export const REVIEW_FORM: PaperKind = {
  ...PAPER,
  code: 'application.review_form',
  title: '行政执法证件申领资格审查表',
  format: 'docx',
  issuer: 'unit',
  fields: [
    field('姓名', '张某'),
    field('性别', '男'),
    field('身份证号', '1404**********1234', '身份证号，隐去中间各位'),
    field('工作单位', '示例市城市管理局'),
    field('内设机构', '执法大队'),
    field('职务', '科员'),
    field('编制性质', '行政编制'),
    field('执法领域', '城市管理'),
    field('执法区域', '示例市市辖区'),
    field('申报时间', '2026年11月20日 09:30'),
    field('办理状态', '初审通过，待批准'),
    rowField('申领条件', '条件', '在编在岗'),
    rowField('申领条件', '审查结果', '符合'),
    rowField('申领条件', '说明', '在 示例市城市管理局 在岗。'),
  ],
  layout: {
    blocks: [
      title('行政执法证件申领资格审查表'),
      form(
        item('姓名'),
        item('性别'),
        item('身份证号'),
        item('编制性质'),
        wideItem('工作单位'),
        item('内设机构'),
        item('职务'),
        item('执法领域'),
        item('执法区域'),
        item('申报时间'),
        item('办理状态'),
      ),
      table(
        '申领条件',
        column('申领条件', { text: '{条件}', weight: 1.2 }),
        column('结果', { text: '{审查结果}', weight: 0.7, align: 'center' }),
        column('说明', { weight: 3 }),
      ),
      form(
        wideItem('单位意见', '\n\n（盖章）　　　　　　年　　月　　日'),
        wideItem('审查意见', '\n\n（盖章）　　　　　　年　　月　　日'),
      ),
    ],
  },
};

/** 不予核发通知, with the reason and the way to object. */
export const REFUSAL_NOTICE: PaperKind = {
  ...PAPER,
  code: 'application.refusal_notice',
  title: '不予核发行政执法证件通知书',
  format: 'docx',
  issuer: 'bureau',
  fields: [
    field('姓名', '张某'),
    field('工作单位', '示例市城市管理局'),
    field('申报日期', '2026年11月20日'),
    field('理由', '不在行政执法岗位'),
    field('受理单位', '示例市司法局'),
    field('申诉期限', '10个工作日'),
  ],
  layout: {
    blocks: [
      title('不予核发行政执法证件通知书'),
      numberLine(),
      addressee('{工作单位}：'),
      paragraph(
        '你单位{申报日期}申报的{姓名}同志行政执法证件申领材料收悉。经审查，不予核发行政执法证件。理由：{理由}。',
      ),
      paragraph('如有异议，可以自收到本通知之日起{申诉期限}内书面提出。条件具备后可以重新申领。'),
      signature('{受理单位}'),
    ],
  },
};

/** 资格和证件情况证明 (domain.md §11.2, Evidence): several persons on one day, for a case or a body that asks. */
export const STATUS_PROOF: PaperKind = {
  code: 'certificate.status_proof',
  title: '行政执法人员资格和证件情况证明',
  format: 'docx',
  area: '证件决定',
  issuer: 'bureau',
  reads: 'certificate.read_papers',
  fields: [
    field('申请单位', '示例市人民法院'),
    field('案号', '（2026）示01行初12号'),
    field('查询日期', '2026年9月1日'),
    field('出具单位', '示例市司法局'),
    field('登记截至', '2026年11月23日 09:00', '按这一时刻已登记的内容'),
    rowField('人员', '姓名', '张某'),
    rowField('人员', '身份证号', '1404**********1234', '身份证号，隐去中间各位'),
    rowField('人员', '单位名称', '示例市城市管理局', '当日编制单位，派驻的注明'),
    rowField('人员', '执法主体', '示例市城市管理局'),
    rowField('人员', '委托机关', '无'),
    rowField('人员', '执法资格', '具备'),
    rowField('人员', '证件情况', '99000100001，有效'),
    rowField('人员', '领域和区域', '城市管理，示例市市辖区'),
    rowField('人员', '结论', '当日具备执法资格并持有有效证件'),
  ],
  layout: {
    orientation: 'landscape',
    blocks: [
      title('行政执法人员资格和证件情况证明'),
      numberLine(),
      addressee('{申请单位}：'),
      paragraph(
        '你单位因{案号}查询有关人员{查询日期}的行政执法资格和证件情况。经查询行政执法人员管理系统（按{登记截至}已登记的内容），情况如下：',
      ),
      table(
        '人员',
        rowNumbers(0.7),
        column('姓名', { weight: 0.8, align: 'center' }),
        column('身份证号', { weight: 2.1 }),
        column('单位', { text: '{单位名称}', weight: 1.5 }),
        column('执法主体', { weight: 1.3 }),
        column('委托机关', { weight: 0.9 }),
        column('资格', { text: '{执法资格}', weight: 0.8 }),
        column('证件', { text: '{证件情况}', weight: 1.6 }),
        column('领域和区域', { weight: 1.3 }),
        column('结论', { weight: 1.7 }),
      ),
      paragraph('特此证明。'),
      signature('{出具单位}'),
    ],
  },
};
