import { invariant } from '#app/platform/result/invariant.ts';

/** Names of the demo city; none is a real city or county. */
const CITY = '景河市';
const COUNTIES = [
  '汀东区',
  '汀西区',
  '松岚县',
  '云屏县',
  '石涧县',
  '禾泉县',
  '雁回县',
  '青梧县',
  '棠溪县',
  '芦汀县',
  '竹墟县',
  '霜桥县',
] as const;
const ZONES = ['景河高新技术产业开发区', '景河江畔新区'] as const;

const CITY_HEADS = '澜霁砚煦沅泠溯岑汐翎';
const CITY_TAILS = '川原城';
const COUNTY_HEADS = '鹭蒲荻蓼芷蕖榆枫梓楮';
const COUNTY_TAILS = '屏峪浦泽岫';
const TOWN_HEADS = '柏青白石云松竹梅桃枣榆槐芦荷桂枫';
const TOWN_TAILS = '溪岭坪桥湾塘洲渡垭冲';

const pair = (heads: string, tails: string, index: number): string => {
  const name = heads.charAt(index % heads.length) + tails.charAt(Math.floor(index / heads.length));
  invariant([...name].length === 2, 'there are enough invented names for places');
  return name;
};

/** @param city from 0 */
export function cityName(city: number): string {
  return city === 0 ? CITY : `${pair(CITY_HEADS, CITY_TAILS, city - 1)}市`;
}

export function countyName(city: number, county: number): string {
  const named = city === 0 ? COUNTIES[county] : undefined;
  if (named !== undefined) return named;
  const head = cityName(city).charAt(0);
  return `${head}${pair(COUNTY_HEADS, COUNTY_TAILS, county).charAt(0)}${county < 2 ? '区' : '县'}`;
}

export function zoneName(city: number, zone: number): string {
  const named = city === 0 ? ZONES[zone] : undefined;
  return named ?? `${cityName(city).slice(0, 2)}第${zone + 1}产业园区`;
}

/** Every fourth place is a street, every fifth a 乡, the others 镇. Unique within a city. */
export function townshipName(index: number): string {
  const kind = index % 4 === 0 ? '街道' : index % 5 === 0 ? '乡' : '镇';
  return pair(TOWN_HEADS, TOWN_TAILS, index) + kind;
}

/** A township is called by its government, a street by its office. */
export function townshipUnitName(countyName: string, township: string): string {
  return `${countyName}${township}${township.endsWith('街道') ? '办事处' : '人民政府'}`;
}
