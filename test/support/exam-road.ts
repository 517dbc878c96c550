import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { demoCalendar } from '#app/demo/calendar.ts';
import { planCity } from '#app/demo/plan/city.ts';
import type { CastName } from '#app/demo/plan/cast.ts';
import { planPeople } from '#app/demo/plan/people.ts';
import { DEMO_SIZE } from '#app/demo/size.ts';
import { parseDay } from '#app/platform/time/day.ts';
import type { Visitor } from './browser.ts';
import { go, send } from './browser.ts';

/** Steps on the road from the batch to the exam that more than one browser test walks. */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** A time from now as `<input type="datetime-local">` holds it in Shanghai. */
export const local = (ms: number): string =>
  new Date(Date.now() + ms + 8 * HOUR_MS).toISOString().slice(0, 16);

/** The id at the end of the address the page stands at. */
export const idAtEnd = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';

/** The bureau's page of a new batch, filled in and sent: the batch is a draft. @returns its id */
export async function createBatch(page: Page, title: string): Promise<string> {
  await page.getByLabel('批次名称').fill(title);
  await page.getByLabel('报名开始').fill(local(-DAY_MS));
  await page.getByLabel('报名截止').fill(local(4 * DAY_MS));
  await page.getByLabel('撤报截止').fill(local(5 * DAY_MS));
  await page.getByRole('button', { name: '建立批次' }).click();
  await page.waitForURL(/\/bureau\/exams\/batches\/[0-9a-f-]{36}/);
  return idAtEnd(page);
}

/** The liaison chooses one of the unit's people and registers them with the promise. */
export async function registerPerson(
  visitor: Visitor,
  { batchId, name }: { readonly batchId: string; readonly name: string },
): Promise<void> {
  const page = await go(visitor, `/coordinate/registrations/${batchId}?all=on&q=${encodeURIComponent(name)}`);
  await page
    .getByRole('checkbox', { name: new RegExp(`${name}，`) })
    .first()
    .check();
  await page.getByRole('button', { name: '为所选人员报名' }).click();
  await page.getByRole('checkbox', { name: /本单位已核实/ }).check();
  await send(page, '提交 1 人报名');
}

/** The bureau opens the registration from the batch's list and approves it with a reason. */
export async function approvePerson(
  visitor: Visitor,
  { batchId, name }: { readonly batchId: string; readonly name: string },
): Promise<void> {
  const page = await go(visitor, `/bureau/exams/batches/${batchId}`);
  await page.getByRole('link', { name }).click();
  await page.waitForURL(/\/coordinate\/registrations\/person\//);
  // The address changes before the page does, and the one before has reasons to fill in, too.
  await page.getByRole('heading', { name: `${name}的报名` }).waitFor();
  await page.getByLabel(/^理由/).fill('已核实拟任执法岗位');
  await send(page, '审核通过');
}

/** Name and ID number of one of the demo's cast, as the city was planned on that day. */
export function castPerson(cast: CastName, seedDay: string): { name: string; idNumber: string } {
  const day = parseDay(seedDay);
  expect(day, 'the day of the seed').not.toBeNull();
  if (day === null) throw new Error(seedDay);
  const plan = planPeople(DEMO_SIZE, planCity(DEMO_SIZE), demoCalendar(day, DEMO_SIZE.hourYears));
  const person = plan.byCast.get(cast);
  if (person === undefined) throw new Error(`the city has nobody called ${cast}`);
  return { name: person.name, idNumber: person.idNumber };
}
