import type { PaperKind } from '#app/office/document/paper.ts';
import { field, rowField, rowFigure } from '#app/office/document/papers/field.ts';

const PEOPLE = '人员';

/** 学时公示表: the list for the notice board, or to be signed by everybody on it. */
export const NOTICE_LIST: PaperKind = {
  area: '培训',
  issuer: 'unit',
  reads: 'hours.read_closing',
  code: 'training.year_notice',
  title: '年度学时公示表',
  format: 'xlsx',
  fields: [
    field('单位名称', '示例市城市管理局'),
    field('年度', '2026'),
    field('公示期', '2027年1月5日至2027年1月12日'),
    field('人数', '36'),
    field('制表日期', '2027年1月5日'),
    rowField(PEOPLE, '姓名', '张某'),
    rowFigure(PEOPLE, '公共法律', '32', '公共法律知识，学时'),
    rowFigure(PEOPLE, '业务知识', '20', '业务知识，学时，含专业法律知识'),
    rowFigure(PEOPLE, '专业法律', '12', '其中专业法律知识，学时'),
    rowFigure(PEOPLE, '执法技能', '10', '行政执法技能，学时'),
    rowFigure(PEOPLE, '合计', '62', '合计，学时'),
    rowFigure(PEOPLE, '应完成', '60', '应完成学时'),
    rowField(PEOPLE, '必修课', '已完成'),
    rowField(PEOPLE, '结论', '达标'),
  ],
  layout: {
    orientation: 'landscape',
    blocks: [
      { kind: 'title', text: '{年度}年度行政执法人员培训学时公示表' },
      { kind: 'paragraph', text: '单位：{单位名称}　　人数：{人数}人　　公示期：{公示期}' },
      {
        kind: 'table',
        list: PEOPLE,
        columns: [
          { head: '序号', text: '{序号}', weight: 0.5, align: 'center' },
          { head: '姓名', text: '{姓名}', weight: 1.2, align: 'center' },
          { head: '公共法律知识', text: '{公共法律}', align: 'end' },
          { head: '业务知识', text: '{业务知识}', align: 'end' },
          { head: '其中专业法律', text: '{专业法律}', align: 'end' },
          { head: '执法技能', text: '{执法技能}', align: 'end' },
          { head: '合计学时', text: '{合计}', align: 'end' },
          { head: '应完成', text: '{应完成}', align: 'end' },
          { head: '必修课', text: '{必修课}', align: 'center' },
          { head: '结论', text: '{结论}', align: 'center' },
          { head: '本人签字', text: '', weight: 1.4 },
        ],
      },
      { kind: 'note', text: '对本人学时有异议的，请在公示期内向单位提出；逾期视为无异议。' },
      { kind: 'note', text: '填表人：　　　　　　单位负责人：　　　　　　（盖章）　　　　{制表日期}' },
    ],
  },
};
