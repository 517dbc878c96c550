import type { PaperKind } from '#app/office/document/paper.ts';
import {
  form,
  heading,
  item,
  paragraph,
  tallItem,
  title,
  wideItem,
} from '#app/office/document/papers/blocks.ts';
import { field, photoField } from '#app/office/document/papers/field.ts';
import { PAPER, SITTING_FIELDS } from './paper-fields.ts';

/** 准考证: name, masked ID number, photo, ticket, unit, sitting, room, seat, time, rules (domain.md §5.5). */
export const ADMISSION_TICKET: PaperKind = {
  ...PAPER,
  code: 'exam.admission_ticket',
  title: '准考证',
  format: 'docx',
  fields: [
    ...SITTING_FIELDS,
    field('姓名', '张某'),
    field('性别', '男'),
    field('身份证号', '9901**********1234', '身份证号，隐去中间各位'),
    field('准考证号', '20269900010100001'),
    field('单位名称', '示例市城市管理局'),
    field('考场', '第1考场'),
    field('地点', '市行政中心三楼机房'),
    field('座位', '07'),
    field('签到时间', '11月24日 08:30'),
    field('最迟入场', '11月24日 09:30'),
    field('作答时长', '90'),
    photoField('照片', { widthMm: 25, heightMm: 35, place: '\n\n贴照片处\n（近期免冠一寸）\n\n' }),
  ],
  layout: {
    blocks: [
      title('准考证'),
      form(
        wideItem('考试', '{场次}'),
        item('姓名'),
        tallItem('照片', 4),
        item('性别'),
        item('身份证号'),
        item('准考证号'),
        wideItem('单位', '{单位名称}'),
        item('考场'),
        item('座位', '{座位} 号'),
        wideItem('地点'),
        wideItem('考试时间'),
        item('签到', '{签到时间} 起'),
        item('最迟入场'),
      ),
      heading('考场规则'),
      paragraph('1. 凭本证和本人有效身份证件入场，{最迟入场}后不得入场。'),
      paragraph(
        '2. 按座位就座，用准考证号和身份证号签到，输入监考人员宣布的开考口令后作答，时长{作答时长}分钟。',
      ),
      paragraph('3. 作答自动保存；断网、断电、死机请举手，已作的答案不会丢失。'),
      paragraph('4. 手机关机后放在指定位置，不得交头接耳、抄录拍摄试题。违反纪律的按规定处理。'),
      paragraph('5. 本证改期或者换发后，以新证为准，旧号不能签到。'),
    ],
  },
};
