import { CHECK_LIFE_DAYS } from '../../device-check/check-life.ts';
import type { PaperKind } from '#app/office/document/paper.ts';
import {
  addressee,
  heading,
  numberLine,
  paragraph,
  signature,
  title,
} from '#app/office/document/papers/blocks.ts';
import { field } from '#app/office/document/papers/field.ts';
import { PAPER, SITTING_FIELDS } from './paper-fields.ts';

/** 考试通知: when, where, by which rules, and what people bring (domain.md §11.2). */
export const EXAM_NOTICE: PaperKind = {
  ...PAPER,
  code: 'exam.notice',
  title: '考试通知',
  format: 'docx',
  fields: [
    ...SITTING_FIELDS,
    field('主送单位', '各有关单位'),
    field('应考人数', '120'),
    field('签到时间', '11月24日 08:30'),
    field('最迟入场', '11月24日 09:30'),
    field('作答时长', '90'),
    field('考场安排', '第1考场：市行政中心三楼机房（30人）；第2考场：市委党校机房（30人）'),
    field('联系人', '李某'),
    field('联系电话', '0900-1234567'),
  ],
  layout: {
    blocks: [
      title('关于组织{场次}的通知'),
      numberLine(),
      addressee('{主送单位}：'),
      paragraph('现将{场次}有关事项通知如下。'),
      heading('一、考试安排'),
      paragraph('考试科目：{科目}。考试时间：{考试时间}，作答时长{作答时长}分钟。参加考试{应考人数}人。'),
      paragraph('考场安排：{考场安排}。'),
      heading('二、签到入场'),
      paragraph(
        '{签到时间}起签到，{最迟入场}后停止入场。考生凭准考证和本人有效身份证件入场，在考场电脑上凭准考证号和身份证号签到，听监考人员宣布开考口令后开始作答。',
      ),
      heading('三、有关要求'),
      paragraph(
        '请各单位通知本单位考生按时参加考试，提前打印准考证，学习考生须知。因故不能参加的，请在考试前办理撤报或者缓考手续。',
      ),
      paragraph('联系人：{联系人}，联系电话：{联系电话}。'),
      signature('{组织单位}'),
    ],
  },
};

/** 监考守则. Source: usual practice of invigilation, fitted to how this platform works. */
export const INVIGILATOR_RULES: PaperKind = {
  ...PAPER,
  code: 'exam.invigilator_rules',
  title: '监考守则',
  format: 'docx',
  fields: [...SITTING_FIELDS, field('签到时间', '11月24日 08:30'), field('最迟入场', '11月24日 09:30')],
  layout: {
    blocks: [
      title('监考守则'),
      paragraph('适用：{场次}（{考试时间}）。'),
      paragraph('一、每个考场监考人员不少于两人。与本考场考生有亲属关系或者其他利害关系的，应当主动回避。'),
      paragraph(
        '二、开考前30分钟到岗，检查考场、电脑、网络和时钟，张贴门贴、桌贴，领取试卷交接单、考场情况记录单、违纪记录单和签到表。',
      ),
      paragraph(
        '三、{签到时间}起组织考生入场。逐一核对本人、身份证件、准考证和签到表照片，人证不符的不得入场，并立即报告考点负责人。考生签名后按座次表就座。',
      ),
      paragraph('四、开考时宣读考生须知，宣布本考场开考口令。开考口令在宣布前不得向任何人透露。'),
      paragraph(
        '五、{最迟入场}后不得再准许考生入场。考试期间在监考看板上关注作答和联网情况，不得抄录、拍摄试题，不得对试题作任何解释或者提示。',
      ),
      paragraph(
        '六、断电、断网、设备故障时，先安抚考生，考生已作的答案保存在本机或者服务器上；需要换机的，在看板上允许换机后由考生在新电脑上继续作答；影响作答时间的，说明原因后暂停或者延时。每次处理都要写明理由，系统如实记录。',
      ),
      paragraph(
        '七、发现违纪行为，当场制止，两名监考人员共同取证，填写违纪记录单，由考生签名；考生拒绝签名的，注明情况。切出画面、断线等系统提示只是线索，不得单凭提示认定违纪。',
      ),
      paragraph(
        '八、考试结束，确认考生均已交卷，清点考场，填写考场情况记录单，与签到表、违纪记录单、试卷交接单一并交回。',
      ),
      signature('{组织单位}'),
    ],
  },
};

/** 考生须知; the same rules stand on the ticket in short. */
export const CANDIDATE_RULES: PaperKind = {
  ...PAPER,
  code: 'exam.candidate_rules',
  title: '考生须知',
  format: 'docx',
  fields: [
    ...SITTING_FIELDS,
    field('签到时间', '11月24日 08:30'),
    field('最迟入场', '11月24日 09:30'),
    field('作答时长', '90'),
    field('最早交卷', '开考30分钟后可以交卷', '何时可以交卷，整句'),
  ],
  layout: {
    blocks: [
      title('考生须知'),
      paragraph('适用：{场次}（{考试时间}）。'),
      paragraph('一、考生凭准考证和本人有效身份证件参加考试。{签到时间}起签到，{最迟入场}后不得入场。'),
      paragraph(
        `二、按准考证所列考场、座位就座，在电脑上输入准考证号、身份证号签到，核对本人信息。考前${CHECK_LIFE_DAYS}天内，可以在签到页输入这两个号码检测设备、演练一次，检测和演练不计成绩，也不算签到。`,
      ),
      paragraph('三、听监考人员宣布开考口令，输入后开始作答。作答时长{作答时长}分钟，以系统时间为准。'),
      paragraph(
        '四、作答随时自动保存。断电、断网、死机时不要慌张，请举手告知监考人员，已作的答案不会丢失；重新打开页面或者经监考人员允许换机后继续作答。',
      ),
      paragraph('五、{最早交卷}，交卷后不能再修改。到时系统自动交卷，按已保存的答案评分。'),
      paragraph(
        '六、手机等通讯工具关机后放在指定位置，书籍、笔记不得带到座位。不得交头接耳、窥视他人屏幕、抄录或者拍摄试题。离开考试页面的情况会被记录。',
      ),
      paragraph('七、服从监考人员管理。违反考试纪律的，由监考人员记录，按有关规定处理。'),
      paragraph('八、对成绩有异议的，可以自成绩公布之日起5个工作日内申请复核。'),
      signature('{组织单位}'),
    ],
  },
};

export const NOTICE_PAPERS: readonly PaperKind[] = [EXAM_NOTICE, INVIGILATOR_RULES, CANDIDATE_RULES];
