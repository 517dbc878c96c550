import { describe, expect, it } from 'vitest';
import mammoth from 'mammoth';
import * as XLSX from '@e965/xlsx';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { fileApplication } from '#app/certificate/application/file-application.server.ts';
import { CERTIFICATE_PAPERS } from '#app/certificate/papers/certificate-papers.ts';
import { drawClearance, viewClearance } from '#app/certificate/papers/clearance.server.ts';
import { drawApplicationPaper } from '#app/certificate/papers/draw-application-paper.server.ts';
import { drawDecisionPaper } from '#app/certificate/papers/draw-decision-paper.server.ts';
import { drawStatusProof } from '#app/certificate/papers/draw-status-proof.server.ts';
import { papersOfCard, papersOfFiling } from '#app/certificate/papers/papers-view.server.ts';
import { confirmDecision } from '#app/certificate/register/confirm-decision.server.ts';
import { proposeDecision } from '#app/certificate/register/propose-decision.server.ts';
import { provideDocumentDesk } from '#app/office/document/desk.server.ts';
import { OFFICE_PAPERS } from '#app/office/document/papers/office-papers.ts';
import { documentFile, documentView } from '#app/office/document/document-view.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { aFiling, aQualifiedPerson, anIssuedCard, anOffice, valueOf } from './certificate-world.ts';

const world = useWorld();
const TODAY = '2026-11-23';

async function aBureau() {
  const enqueue = () => Promise.reject(new Error('no batch here'));
  provideDocumentDesk(world.ctx.pool, {
    papers: [...OFFICE_PAPERS, ...CERTIFICATE_PAPERS],
    jobs: { enqueue },
  });
  const office = await anOffice(world.ctx);
  forgetTree(world.ctx);
  return office;
}

async function fileOf(actor: ActorCtx, documentId: string): Promise<string> {
  const { bytes, fileName } = valueOf(await documentFile(actor, documentId, { is: 'original' }));
  if (fileName.endsWith('.docx')) return (await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value;
  const book = XLSX.read(bytes);
  return XLSX.utils.sheet_to_csv(book.Sheets[book.SheetNames[0] ?? ''] ?? {});
}

const SUSPENSION = {
  kind: 'suspended',
  reasonCode: 'card_not_shown',
  legalBasis: '某省行政执法监督条例第三十条',
  documentNo: '某司暂[2026]1号',
  decidingAuthority: '甲县司法局',
  decisionDay: TODAY,
  effectiveFromDay: TODAY,
  effectiveToDay: '2027-02-22',
  detail: { statement: '本人陈述已记录', cardHeldBy: '甲县司法局' },
  expectedVersion: 2,
} as const;

describe('papers of a decision on a card (domain.md §11.2)', () => {
  it('the notice while it is proposed; the decision with its number, the receipt for its service afterwards', async () => {
    const office = await aBureau();
    const card = await anIssuedCard(world.ctx, office);
    const { certificateId } = card;
    const ask = { certificateId, commandId: newId() };
    const proposed = valueOf(await proposeDecision(office.reviewer, { ...SUSPENSION, ...ask }));
    const before = await papersOfCard(office.reviewer, certificateId);
    expect(before.offered.map(({ value }) => value.split(':')[0])).toEqual([
      'certificate.suspension_notice',
      'certificate.statement_record',
      'certificate.service_receipt',
    ]);
    const draw = async (index: number, actor = office.reviewer) => {
      const { offered } = await papersOfCard(office.reviewer, certificateId);
      const [paperCode = '', eventId = ''] = offered[index]?.value.split(':') ?? [];
      return drawDecisionPaper(actor, { certificateId, eventId, paperCode, commandId: newId() });
    };
    const notice = valueOf(await draw(0));
    const text = await fileOf(office.reviewer, notice.documentId);
    expect(text).toContain('拟暂扣你的行政执法证');
    expect(text).toContain('有权进行陈述和申辩');
    expect(text).not.toContain('某司暂');

    valueOf(
      await confirmDecision(office.approver, {
        certificateId,
        proposalId: proposed.proposalId,
        expectedVersion: 3,
        commandId: newId(),
      }),
    );
    const decision = valueOf(await draw(0));
    const decided = await fileOf(office.reviewer, decision.documentId);
    expect(decided).toContain('某司暂〔2026〕1号');
    expect(decided).toContain(`期限自2026年11月23日起至2027年2月22日止`);
    expect(decided).toContain('执法时不按规定出示证件');
    expect(decided).not.toMatch(/[{}]/);
    expect(valueOf(await documentView(office.reviewer, decision.documentId)).number?.documentNo).toBe(
      '某司暂〔2026〕1号',
    );
    const receipt = await fileOf(office.reviewer, valueOf(await draw(1)).documentId);
    expect(receipt).toContain('行政执法证件暂扣决定书');
    expect((await papersOfCard(office.liaison, certificateId)).offered).toEqual([]);
    expect(await draw(0, office.liaison)).toMatchObject({ code: 'FORBIDDEN' });

    const elsewhere = await aBureau();
    expect(await draw(0, elsewhere.reviewer)).toMatchObject({ code: 'NOT_FOUND' });
    const other = await anIssuedCard(world.ctx, elsewhere);
    const foreign = {
      certificateId: other.certificateId,
      eventId: proposed.proposalId,
      paperCode: 'certificate.suspension_notice',
    };
    expect(await drawDecisionPaper(elsewhere.reviewer, { ...foreign, commandId: newId() })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('papers of an application', () => {
  it('the unit draws its letter and roster with everybody on the way, the bureau the review form', async () => {
    const office = await aBureau();
    const filed: string[] = [];
    for (const name of ['张甲', '李乙']) {
      const personId = await aQualifiedPerson(world.ctx, office, name);
      filed.push(valueOf(await fileApplication(office.liaison, aFiling(personId))).applicationId);
    }
    const [applicationId = ''] = filed;
    const draw = (actor: ActorCtx, paperCode: string) =>
      drawApplicationPaper(actor, { applicationId, paperCode, commandId: newId() });
    const letter = valueOf(await draw(office.liaison, 'application.letter'));
    const text = await fileOf(office.liaison, letter.documentId);
    for (const words of ['我单位2名在编在岗执法人员', '张甲', '李乙']) expect(text).toContain(words);
    const roster = await fileOf(
      office.liaison,
      valueOf(await draw(office.liaison, 'application.roster')).documentId,
    );
    expect(roster).toContain('序号,姓名,性别,身份证号');
    expect(roster).toMatch(/2,李乙,男,\d{4}\*{10}/);
    const form = await fileOf(
      office.reviewer,
      valueOf(await draw(office.reviewer, 'application.review_form')).documentId,
    );
    expect(form).toContain('在编在岗');
    expect(await draw(office.reviewer, 'application.refusal_notice')).toMatchObject({ code: 'NOT_FOUND' });
    const stranger = await aBureau();
    expect(await draw(stranger.reviewer, 'application.letter')).toMatchObject({ code: 'NOT_FOUND' });
    const listed = await papersOfFiling(office.liaison, { id: applicationId, state: 'submitted' });
    expect(listed.documents).toHaveLength(3);
  });
});

describe('资格和证件情况证明', () => {
  it('for several persons on one day; before the first record it says so, never 无', async () => {
    const office = await aBureau();
    const one = await anIssuedCard(world.ctx, office, '王甲');
    const two = await anIssuedCard(world.ctx, office, '赵乙');
    const ask = {
      personIds: [one.personId, two.personId],
      caseNo: '（2026）甲01行初1号',
      applicant: '甲县人民法院',
    };
    const proof = (day: string, actor = office.approver) =>
      drawStatusProof(actor, { ...ask, day, commandId: newId() });
    const text = await fileOf(office.approver, valueOf(await proof(TODAY)).documentId);
    for (const words of ['王甲', '赵乙', '甲县人民法院', '（2026）甲01行初1号一案', one.certificateNo])
      expect(text).toContain(words);
    const early = await fileOf(office.approver, valueOf(await proof('2019-01-01')).documentId);
    expect(early).toContain('本系统无该期间记录');
    expect(await proof('2026-11-24')).toMatchObject({ code: 'DAY_IN_FUTURE' });
    const stranger = await aBureau();
    expect(await proof(TODAY, stranger.approver)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await proof(TODAY, office.liaison)).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('the announcement of cleared cards (domain.md §11.2)', () => {
  const YEAR = { from: '2026-01-01', until: TODAY } as const;

  async function aRecoveredCard(office: Awaited<ReturnType<typeof aBureau>>) {
    const card = await anIssuedCard(world.ctx, office);
    const { certificateId } = card;
    const { proposalId } = valueOf(
      await proposeDecision(office.reviewer, {
        ...SUSPENSION,
        kind: 'recovered',
        reasonCode: 'transferred',
        effectiveToDay: null,
        detail: { leaveDay: TODAY, receiver: '王某' },
        certificateId,
        commandId: newId(),
      }),
    );
    const answer = { certificateId, proposalId, expectedVersion: 3, commandId: newId() };
    valueOf(await confirmDecision(office.approver, answer));
    return card;
  }

  it('lists what was recovered, cancelled or revoked in the period, with number and cause, no ID', async () => {
    const office = await aBureau();
    const cleared = await aRecoveredCard(office);
    const kept = await anIssuedCard(world.ctx, office);
    const page = valueOf(await viewClearance(office.reviewer, YEAR));
    expect(page.lines).toMatchObject([
      { certificateId: cleared.certificateId, word: '收回', reason: '调离', sinceDay: TODAY },
    ]);
    const commandId = newId();
    const drawn = valueOf(await drawClearance(office.reviewer, { ...YEAR, commandId }));
    expect(valueOf(await drawClearance(office.reviewer, { ...YEAR, commandId }))).toEqual(drawn);
    const text = await fileOf(office.reviewer, drawn.documentId);
    expect(text).toContain(cleared.certificateNo);
    expect(text).toContain('共清理行政执法证件1件');
    expect(text).not.toContain(kept.certificateNo);
    expect(text).not.toMatch(/99\d{4}\*/u);
    expect(valueOf(await viewClearance(office.reviewer, YEAR)).documents).toMatchObject([
      { id: drawn.documentId, bearsNumber: true },
    ]);
  });

  it('is not drawn for nothing, for days to come, or for somebody else', async () => {
    const office = await aBureau();
    const other = await aBureau();
    await aRecoveredCard(other);
    const draw = (period: { from: string; until: string }, actor = office.reviewer) =>
      drawClearance(actor, { ...period, commandId: newId() });
    expect(await draw(YEAR)).toMatchObject({ code: 'NOTHING_CLEARED' });
    expect(await draw({ from: TODAY, until: '2026-11-24' })).toMatchObject({ code: 'PERIOD_IN_FUTURE' });
    expect(await draw({ from: TODAY, until: '2026-11-01' })).toMatchObject({ code: 'PERIOD_REVERSED' });
    expect(await draw(YEAR, office.liaison)).toMatchObject({ code: 'FORBIDDEN' });
  });
});
