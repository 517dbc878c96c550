import { StartProblem } from '#app/platform/result/start-problem.ts';
import { assertNever } from '#app/platform/result/invariant.ts';
import type { ClusterRefusal } from './lease.ts';

export interface ClusterNames {
  readonly folder: string;
  readonly keysFile: string;
  /** Content of PG_VERSION, '' when there is none */
  readonly version: string;
  readonly majorVersion: string;
}

const WAYS_OUT_ZH =
  '可任选：从备份恢复该文件夹；用 DATA_DIR 指定一个新的空文件夹；用 DATABASE_URL 指定自备数据库。';
const WAYS_OUT_EN =
  'Choose one: restore the folder from a backup; name a new empty folder in DATA_DIR; set DATABASE_URL.';

/** What a person is told about a data folder that must be left alone. */
export function clusterProblem(code: ClusterRefusal, names: ClusterNames): StartProblem {
  const text = problemText(code, names);
  return new StartProblem(code, {
    zh: `${text.zh}没有改动任何文件。${WAYS_OUT_ZH}`,
    en: `${text.en} Nothing was changed. ${WAYS_OUT_EN}`,
  });
}

function problemText(
  code: ClusterRefusal,
  names: ClusterNames,
): { readonly zh: string; readonly en: string } {
  switch (code) {
    case 'CLUSTER_DAMAGED':
      return {
        zh: `${names.folder} 不是完整的 PostgreSQL 数据文件夹（缺少 PG_VERSION 或 global/pg_control）。`,
        en: `${names.folder} is not a whole PostgreSQL data folder (PG_VERSION or global/pg_control is missing).`,
      };
    case 'CLUSTER_OTHER_VERSION':
      return {
        zh: `${names.folder} 是 PostgreSQL ${names.version} 的数据，内置程序是 PostgreSQL ${names.majorVersion}，两者不能混用。`,
        en: `${names.folder} holds data of PostgreSQL ${names.version}; the embedded programs are PostgreSQL ${names.majorVersion} and cannot read it.`,
      };
    case 'KEYS_MISSING':
      return {
        zh: `有数据文件夹 ${names.folder}，但缺少密钥文件 ${names.keysFile}，无法打开。`,
        en: `There is a data folder ${names.folder}, but the key file ${names.keysFile} that opens it is missing.`,
      };
    case 'KEYS_DAMAGED':
      return {
        zh: `密钥文件 ${names.keysFile} 内容已损坏。`,
        en: `The content of the key file ${names.keysFile} is damaged.`,
      };
    default:
      return assertNever(code);
  }
}

/** A cluster whose files look whole but that PostgreSQL itself refuses. @param said its own last words */
export function startRefused(folder: string, said: string): StartProblem {
  return new StartProblem('DATABASE_NOT_STARTED', {
    zh: `内置数据库 ${folder} 未能启动。PostgreSQL 的说明：\n${said}\n${WAYS_OUT_ZH}`,
    en: `The embedded database ${folder} did not start; PostgreSQL's own words stand above. ${WAYS_OUT_EN}`,
  });
}
