import { assertNever } from '#app/platform/result/invariant.ts';

/** Why a whole file is turned away before any of its rows is looked at. */
export type FileRefusalCode =
  | 'FILE_EMPTY'
  | 'FILE_TOO_LARGE'
  | 'FILE_NOT_A_WORKBOOK'
  | 'FILE_IS_HTML'
  | 'FILE_IS_XML_SPREADSHEET'
  | 'FILE_IS_OTHER_OFFICE'
  | 'FILE_IS_ARCHIVE'
  | 'FILE_OTHER_SPREADSHEET'
  | 'FILE_ENCRYPTED'
  | 'FILE_DAMAGED'
  | 'FILE_INFLATES_TOO_MUCH'
  | 'FILE_TOO_MANY_CELLS'
  | 'FILE_TOO_SLOW'
  | 'FILE_UNKNOWN_ENCODING'
  | 'FILE_WITHOUT_TABLE'
  | 'FILE_WITHOUT_ROWS'
  | 'FILE_TOO_MANY_ROWS'
  | 'ZIP_EXPECTED'
  | 'ZIP_DAMAGED'
  | 'ZIP_ENCRYPTED'
  | 'ZIP_TOO_MUCH'
  | 'ZIP_LEADS_OUTSIDE';

export interface FileRefusal {
  readonly code: FileRefusalCode;
  /** What it was or how much, put into the text: 「PDF 文件」, 「120.5 MB」. */
  readonly detail: string;
}

export function fileRefusal(code: FileRefusalCode, detail = ''): FileRefusal {
  return { code, detail };
}

const SAVE_AS_XLSX =
  '请用 Excel 或 WPS 打开，选「文件—另存为」，文件类型选「Excel 工作簿（*.xlsx）」，再上传另存的文件。';

/** The refusal in words for the person: what is wrong and what to do. */
export function fileRefusalText({ code, detail }: FileRefusal): string {
  switch (code) {
    case 'FILE_EMPTY':
      return '文件是空的，没有任何内容。请确认上传的是填好的表格。';
    case 'FILE_TOO_LARGE':
      return `文件${detail}，超过了大小上限。请删去图片和空白行列后另存，或拆成几个文件分别导入。`;
    case 'FILE_NOT_A_WORKBOOK':
      return `这不是表格文件${detail === '' ? '' : `，而是${detail}`}。请上传 .xlsx、.xls 或 .csv 文件。`;
    case 'FILE_IS_HTML':
      return `这个文件扩展名是表格，内容却是网页（系统导出时常见）。${SAVE_AS_XLSX}`;
    case 'FILE_IS_XML_SPREADSHEET':
      return `这是「XML 表格 2003」格式。${SAVE_AS_XLSX}`;
    case 'FILE_IS_OTHER_OFFICE':
      return `这是${detail}。请把里面的表格复制到 Excel 或 WPS 表格，存为 .xlsx 后上传。`;
    case 'FILE_IS_ARCHIVE':
      return `这是${detail}压缩包。请先解压，再上传里面的表格文件。`;
    case 'FILE_OTHER_SPREADSHEET':
      return `这是${detail}格式的表格。${SAVE_AS_XLSX}`;
    case 'FILE_ENCRYPTED':
      return '文件设了打开密码，无法读取。请在 Excel 或 WPS 中取消「打开密码」，保存后重新上传。';
    case 'FILE_DAMAGED':
      return `文件已损坏或没有下载完整，无法读取。${SAVE_AS_XLSX}`;
    case 'FILE_INFLATES_TOO_MUCH':
      return `文件解压后的内容过大${detail === '' ? '' : `（${detail}）`}，不予读取。请删去多余的工作表、图片和空白行列后另存为 .xlsx。`;
    case 'FILE_TOO_MANY_CELLS':
      return `表格内容过多：${detail}。请拆成几个文件分别导入。`;
    case 'FILE_TOO_SLOW':
      return '读取这个文件用时或占用内存过多，已停止。请删去多余的工作表、格式和空白行列，或拆成几个文件分别导入。';
    case 'FILE_UNKNOWN_ENCODING':
      return '无法识别这个 CSV 文件的文字编码。请在 Excel 中另存为 .xlsx，或存为「CSV UTF-8」后上传。';
    case 'FILE_WITHOUT_TABLE':
      return `没有找到表头。表头里至少要有：${detail}。`;
    case 'FILE_WITHOUT_ROWS':
      return '找到了表头，但表头下面没有内容。请确认上传的是填好的表格。';
    case 'FILE_TOO_MANY_ROWS':
      return `${detail}。请拆成几个文件分别导入。`;
    case 'ZIP_EXPECTED':
      return '这不是 ZIP 压缩包。请把文件放进一个文件夹，压缩成 .zip（不要用 RAR、7z）后上传。';
    case 'ZIP_DAMAGED':
      return '压缩包已损坏或没有下载完整，无法读取。请重新压缩后上传。';
    case 'ZIP_ENCRYPTED':
      return '压缩包设了密码，无法读取。请不设密码，重新压缩后上传。';
    case 'ZIP_TOO_MUCH':
      return `压缩包内容过多${detail === '' ? '' : `（${detail}）`}，不予读取。请分成几个压缩包上传。`;
    case 'ZIP_LEADS_OUTSIDE':
      return '压缩包里有指向其他位置的文件路径，不予读取。请在本机重新压缩后上传。';
    default:
      return assertNever(code);
  }
}
