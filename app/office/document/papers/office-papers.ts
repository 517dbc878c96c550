import type { PaperKind } from '../paper.ts';
import {
  addressee,
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
} from './blocks.ts';
import { field, rowField } from './field.ts';

const OFFICE = { issuer: 'bureau', reads: 'document.read' } as const;

/** 下发通知: what begins every round of 下发—填报—催报 (domain.md §11.4). */
export const DOWN_NOTICE: PaperKind = {
  ...OFFICE,
  code: 'office.down_notice',
  title: '下发通知',
  format: 'docx',
  area: '工作部署',
  fields: [
    field('通知标题', '关于开展2026年度行政执法主体资格确认工作的通知'),
    field('主送单位', '市直各行政执法单位'),
    field(
      '事由',
      '为规范行政执法主体管理，根据有关规定，现就2026年度行政执法主体资格确认工作通知如下',
      '开头一段，不带句号',
    ),
    field(
      '办理内容',
      '各单位登录执法学堂，逐项核对本单位执法主体的类型、执法依据和委托关系，与上年一致的可以一键确认，有变化的据实填报并上传依据',
      '要做什么，不带句号',
    ),
    field('截止日期', '2026年12月4日'),
    field('联系人', '李某'),
    field('联系电话', '0900-1234567'),
    field('下发单位', '示例市司法局'),
    rowField('填报单位', '单位名称', '示例市城市管理局'),
    rowField('填报单位', '联络员', '王某'),
  ],
  layout: {
    blocks: [
      title('{通知标题}'),
      numberLine(),
      addressee('{主送单位}：'),
      paragraph('{事由}。'),
      heading('一、办理内容'),
      paragraph('{办理内容}。'),
      heading('二、时间要求'),
      paragraph('请于{截止日期}前完成填报。逾期未报的，将予催报并列入通报。'),
      heading('三、联系方式'),
      paragraph('联系人：{联系人}，联系电话：{联系电话}。'),
      signature('{下发单位}'),
      heading('附件：填报单位名单'),
      table(
        '填报单位',
        rowNumbers(),
        column('单位名称', { weight: 3 }),
        column('联络员', { align: 'center' }),
      ),
    ],
  },
};

/** 主体资格审查登记表: one enforcement entity with its type, basis and entrusting organ (YC1). */
export const ENTITY_FORM: PaperKind = {
  ...OFFICE,
  code: 'entity.review_form',
  title: '行政执法主体资格审查登记表',
  format: 'docx',
  area: '执法主体',
  fields: [
    field('年度', '2026'),
    field('主体名称', '示例市城市管理局'),
    field('主体类型', '法定行政机关'),
    field('统一社会信用代码', '11990000MB00000000'),
    field('法定代表人', '赵某'),
    field('地址', '示例市人民路1号'),
    field('联系电话', '0900-1234567'),
    field('执法依据', '《中华人民共和国行政处罚法》第十七条'),
    field('委托机关', '无'),
    field('委托期限', '无'),
    field('执法领域', '城市管理'),
    field('执法区域', '示例市市辖区'),
    field('持证人员数', '36'),
    field('与上年比较', '与上年一致'),
    field('填表人', '王某'),
    field('填报日期', '2026年11月23日'),
    field('审查意见', '材料齐全，符合行政执法主体条件，拟予确认。'),
    field('审查单位', '示例市司法局'),
  ],
  layout: {
    blocks: [
      title('{年度}年度行政执法主体资格审查登记表'),
      form(
        wideItem('主体名称'),
        item('主体类型'),
        item('统一社会信用代码'),
        item('法定代表人'),
        item('联系电话'),
        wideItem('地址'),
        wideItem('执法依据'),
        item('委托机关'),
        item('委托期限'),
        item('执法领域'),
        item('执法区域'),
        item('持证人员数'),
        item('与上年比较'),
        item('填表人'),
        item('填报日期'),
        wideItem('单位意见', '\n\n（盖章）　　　　年　　月　　日'),
        wideItem('审查意见', '{审查意见}\n\n{审查单位}（盖章）　{签发日期}'),
      ),
    ],
  },
};

/** 主体公告稿 (YC1: entities are confirmed and announced each year). */
export const ENTITY_ANNOUNCEMENT: PaperKind = {
  ...OFFICE,
  code: 'entity.announcement',
  title: '行政执法主体公告',
  format: 'docx',
  area: '执法主体',
  fields: [
    field('公告标题', '示例市人民政府关于公布2026年度行政执法主体的公告'),
    field('年度', '2026'),
    field('地区', '示例市'),
    field('主体总数', '36'),
    field('批准情况', '经示例市人民政府审核确认', '谁批准的，不带逗号'),
    field('公告单位', '示例市人民政府'),
    rowField('执法主体', '主体名称', '示例市城市管理局'),
    rowField('执法主体', '主体类型', '法定行政机关'),
    rowField('执法主体', '执法依据', '《中华人民共和国行政处罚法》第十七条'),
    rowField('执法主体', '委托机关', '无'),
  ],
  layout: {
    blocks: [
      title('{公告标题}'),
      numberLine(),
      paragraph(
        '{批准情况}，{地区}{年度}年度具有行政执法主体资格的单位共{主体总数}个，现予公告。未列入本公告的单位不得实施行政执法。',
      ),
      signature('{公告单位}'),
      heading('附件：行政执法主体名录'),
      table(
        '执法主体',
        rowNumbers(),
        column('主体名称', { weight: 2 }),
        column('类型', { text: '{主体类型}' }),
        column('执法依据', { weight: 2 }),
        column('委托机关'),
      ),
    ],
  },
};

/** 证件发放、审验、清理公告: cards given out, reviewed and taken back in a period. */
export const CARD_CLEARANCE: PaperKind = {
  ...OFFICE,
  code: 'certificate.clearance_announcement',
  title: '行政执法证件清理公告',
  format: 'docx',
  area: '工作部署',
  fields: [
    field('公告标题', '示例市司法局关于2026年度行政执法证件清理结果的公告'),
    field('清理依据', '《行政执法监督条例》和行政执法证件管理有关规定'),
    field('截至日期', '2026年12月31日'),
    field('清理总数', '3'),
    field('公告单位', '示例市司法局'),
    rowField('清理证件', '姓名', '张某'),
    rowField('清理证件', '单位名称', '示例市城市管理局'),
    rowField('清理证件', '证号', '99000100001'),
    rowField('清理证件', '处理方式', '注销'),
    rowField('清理证件', '事由', '退休'),
  ],
  layout: {
    blocks: [
      title('{公告标题}'),
      numberLine(),
      paragraph(
        '根据{清理依据}，我单位对行政执法人员持证情况进行了清理。截至{截至日期}，共清理行政执法证件{清理总数}件，自公告之日起不得继续使用。欢迎社会各界监督。',
      ),
      signature('{公告单位}'),
      heading('附件：清理证件名单'),
      table(
        '清理证件',
        rowNumbers(),
        column('姓名'),
        column('工作单位', { text: '{单位名称}', weight: 2 }),
        column('证号', { weight: 1.5 }),
        column('处理方式'),
        column('事由'),
      ),
    ],
  },
};

/** Papers of the office itself; campaigns draw them. */
export const OFFICE_PAPERS: readonly PaperKind[] = [
  DOWN_NOTICE,
  ENTITY_FORM,
  ENTITY_ANNOUNCEMENT,
  CARD_CLEARANCE,
];
