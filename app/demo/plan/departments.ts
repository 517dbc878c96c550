import type { UnitType } from '#app/organization/tree/tree.ts';

/** A kind of body that holds enforcement power, as it exists at each level. */
export interface DepartmentKind {
  /** Name behind the place's name: 景河市 + 市场监督管理局. */
  readonly name: string;
  readonly field: string;
  readonly unitType: Extract<UnitType, 'department' | 'justice' | 'vertical' | 'authorised' | 'entrusted'>;
  readonly entityType: 'organ' | 'authorised' | 'entrusted';
  readonly legalBasis: string;
  /** Name of the comprehensive team behind the place's name, without 支队/大队; null where there is none. */
  readonly team: string | null;
}

const PENALTY_LAW = '《中华人民共和国行政处罚法》';

const organ = (name: string, field: string, team: string | null = null): DepartmentKind => ({
  name,
  field,
  unitType: 'department',
  entityType: 'organ',
  legalBasis: `${PENALTY_LAW}第十七条`,
  team,
});
const vertical = (name: string, field: string): DepartmentKind => ({
  ...organ(name, field),
  unitType: 'vertical',
});

/** Field of the teams that only the city keeps (YC8: counties have six teams, without 生态环境). */
export const CITY_ONLY_TEAM_FIELD = 'ECO';

/**
 * The bodies of a city in the order in which smaller places have them: a county the first 29, a zone the first dozen.
 * The seven with a team are those of 行政处罚法 §18.
 */
export const DEPARTMENT_KINDS: readonly DepartmentKind[] = [
  organ('市场监督管理局', 'MARKET', '市场监管综合行政执法'),
  { ...organ('司法局', 'JUSTICE_ADMIN'), unitType: 'justice' },
  organ('城市管理局', 'URBAN', '城市管理综合行政执法'),
  organ('交通运输局', 'TRANSPORT', '交通运输综合行政执法'),
  organ('应急管理局', 'EMERGENCY', '应急管理综合行政执法'),
  organ('农业农村局', 'AGRI', '农业综合行政执法'),
  organ('文化和旅游局', 'CULTURE', '文化市场综合行政执法'),
  organ('生态环境局', 'ECO', '生态环境保护综合行政执法'),
  organ('自然资源局', 'LAND'),
  organ('住房和城乡建设局', 'HOUSING'),
  organ('水务局', 'WATER'),
  organ('卫生健康委员会', 'HEALTH'),
  organ('林业和草原局', 'FOREST'),
  organ('人力资源和社会保障局', 'LABOUR'),
  organ('民政局', 'CIVIL'),
  organ('教育局', 'EDU'),
  organ('发展和改革局', 'REFORM'),
  organ('财政局', 'FINANCE'),
  organ('审计局', 'AUDIT'),
  organ('统计局', 'STATS'),
  organ('医疗保障局', 'MEDINS'),
  organ('工业和信息化局', 'INDUSTRY'),
  organ('商务局', 'COMMERCE'),
  organ('民族宗教事务局', 'ETHNIC'),
  organ('人民防空办公室', 'CIVDEF'),
  vertical('消防救援局', 'FIRE'),
  vertical('气象局', 'WEATHER'),
  vertical('烟草专卖局', 'TOBACCO'),
  organ('公安局', 'POLICE'),
  organ('文物局', 'RELICS'),
  organ('体育局', 'SPORT'),
  organ('档案局', 'ARCHIVE'),
  organ('新闻出版局', 'PRESS'),
  vertical('邮政管理局', 'POST'),
  {
    name: '住房公积金管理中心',
    field: 'HOUSING',
    unitType: 'authorised',
    entityType: 'authorised',
    legalBasis: `${PENALTY_LAW}第十九条`,
    team: null,
  },
  {
    name: '水政监察支队',
    field: 'WATER',
    unitType: 'entrusted',
    entityType: 'entrusted',
    legalBasis: `${PENALTY_LAW}第二十条、第二十一条`,
    team: null,
  },
];
