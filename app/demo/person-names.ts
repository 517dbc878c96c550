import type { Sex } from '#app/organization/person/person.ts';
import type { Dice } from './dice.ts';

/** Common surnames; the first third is rolled more often, as in life. */
const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文';
const FREQUENT_SURNAMES = 36;

/** Given names are put together from these, so that nobody is meant by them. */
const FIRST = '承景怀敬乐予知允沛弘励砚舒靖叙谨恒岳煦筠蕴映霁楠若素明嘉思延启昭闻守道';
const SECOND: Readonly<Record<Sex, string>> = {
  male: '安平远舟行衡章成川松柏峰毅刚言书原野尧坤帆桥宽厚',
  female: '然宜仪容音秀芳洁萍岚雯琴菊兰梅莲云霞娟莉瑶贞淑敏',
};
/** Put together by chance, these would name somebody people have heard of. */
const AVOIDED = new Set(['明远', '嘉诚', '思成', '启超', '敬之', '守成', '明霞', '素梅', '思远']);

const at = (text: string, index: number): string => text.charAt(index % text.length);

/** An invented name of three characters: shorter ones too often are somebody's. */
export function inventName(dice: Dice, sex: Sex): string {
  const surname = at(SURNAMES, dice.below(dice.chance(70) ? FREQUENT_SURNAMES : SURNAMES.length));
  const second = SECOND[sex];
  const given = at(FIRST, dice.below(FIRST.length)) + at(second, dice.below(second.length));
  return surname + (AVOIDED.has(given) ? '予宁' : given);
}
