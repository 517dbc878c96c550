import type { PaperKind } from '#app/office/document/paper.ts';
import { blanks, form, heading, item, note, paragraph, title } from '#app/office/document/papers/blocks.ts';
import { field } from '#app/office/document/papers/field.ts';
import { PAPER } from '../sitting/papers/paper-fields.ts';

/** 开卷口令单 of one room: lies sealed with the invigilator, opened only when the bell has rung without a network. */
export const OPENING_SHEET: PaperKind = {
  ...PAPER,
  code: 'exam.opening_sheet',
  title: '开卷口令单',
  format: 'pdf',
  fields: [
    field('场次', '2026年第二次公共法律知识考试'),
    field('考试时间', '11月24日 09:00–10:40'),
    field('考场', '第1考场'),
    field('地点', '市行政中心三楼机房'),
    field('编号', '3F9A1C'),
    field('启封时间', '2026年11月23日 16:00'),
    field('口令', '4071 9320 5518 2746 0093'),
  ],
  layout: {
    blocks: [
      title('开卷口令单'),
      form(
        item('场次'),
        item('考试时间'),
        item('考场'),
        item('地点'),
        item('启封时间'),
        item('口令单编号', '{编号}'),
      ),
      heading('开卷口令'),
      title('{口令}'),
      heading('使用方法'),
      paragraph('一、本单密封保管，由监考人员带入考场。开考铃响、试卷自动打开的，不得拆封，考后原封交回。'),
      paragraph(
        '二、开考铃已响而考场网络不通的，由两名监考人员当众拆封，向全体考生逐组宣布口令（1 读作“幺”），并写在黑板上。考生在候考页面输入口令，试卷随即打开。',
      ),
      paragraph('三、候考页面显示的口令单编号应与本单编号相同。不相同的，使用新编号的口令单。'),
      paragraph('四、断网期间的作答暂存在考试机上，网络恢复后自动补传。请勿关机，勿更换考试机。'),
      note('开考铃响之前拆封的，立即报告考试主管单位，重新启封、换发口令单。'),
      blanks('密封人（签名）：', '拆封人（签名、时间）：'),
    ],
  },
};
