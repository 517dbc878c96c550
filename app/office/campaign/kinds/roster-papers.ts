import type { PaperKind } from '../../document/paper.ts';
import {
  blanks,
  column,
  form,
  heading,
  item,
  numberLine,
  paragraph,
  rowNumbers,
  signature,
  table,
  title,
  wideItem,
} from '../../document/papers/blocks.ts';
import { field, rowField } from '../../document/papers/field.ts';

/** 人员清理表: printed by the unit, stamped, and uploaded as a scan. */
export const CLEARING_FORM: PaperKind = {
  code: 'office.roster_clearing_form',
  title: '行政执法人员清理表',
  format: 'docx',
  area: '工作部署',
  issuer: 'unit',
  reads: 'document.read',
  fields: [
    field('任务名称', '2026年度行政执法人员清理'),
    field('单位名称', '示例市城市管理局'),
    field('在册人数', '30'),
    field('在岗人数', '28'),
    field('填表人', '王某'),
    field('联系电话', '0900-1234567'),
    rowField('人员', '姓名', '张某'),
    rowField('人员', '身份证号', '9901**********1234', '身份证号，中间位数不显示'),
    rowField('人员', '情形', '退休'),
    rowField('人员', '日期', '2026年10月1日'),
    rowField('人员', '依据文号', '示例人社〔2026〕12号'),
  ],
  layout: {
    blocks: [
      title('{任务名称}表'),
      form(
        wideItem('填报单位（盖章）', '{单位名称}'),
        item('在册人数'),
        item('在岗人数'),
        item('填表人'),
        item('联系电话'),
      ),
      table(
        '人员',
        rowNumbers(),
        column('姓名'),
        column('身份证号', { weight: 1.8 }),
        column('情形'),
        column('日期', { weight: 1.3 }),
        column('依据文号', { weight: 1.8 }),
      ),
      blanks('单位负责人（签名）：', '审核人（签名）：', '填报日期：'),
    ],
  },
};

/** 清理结果公告: who is no longer an officer, by unit. */
export const CLEARING_RESULT: PaperKind = {
  code: 'office.roster_clearing_result',
  title: '行政执法人员清理结果公告',
  format: 'docx',
  area: '工作部署',
  issuer: 'bureau',
  reads: 'document.read',
  fields: [
    field('公告标题', '示例市2026年度行政执法人员清理结果公告'),
    field('地区', '示例市'),
    field('清理总数', '3'),
    field('公告单位', '示例市司法局'),
    rowField('清理人员', '单位名称', '示例市城市管理局'),
    rowField('清理人员', '姓名', '张某'),
    rowField('清理人员', '情形', '退休'),
    rowField('清理人员', '日期', '2026年10月1日'),
  ],
  layout: {
    blocks: [
      title('{公告标题}'),
      numberLine(),
      paragraph(
        '经清理，{地区}下列{清理总数}名人员已不在行政执法岗位，其行政执法证件依法收回、注销，自公告之日起不得从事行政执法活动。',
      ),
      signature('{公告单位}'),
      heading('附件：清理人员名单'),
      table(
        '清理人员',
        rowNumbers(),
        column('工作单位', { text: '{单位名称}', weight: 2 }),
        column('姓名'),
        column('情形'),
        column('日期', { weight: 1.3 }),
      ),
    ],
  },
};

export const CAMPAIGN_PAPERS: readonly PaperKind[] = [CLEARING_FORM, CLEARING_RESULT];
