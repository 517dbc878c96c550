import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { LawCalendar } from '../bank/law-calendar.ts';
import { isVersionInForce } from '../bank/law-calendar.ts';
import type { BankQuestion, Difficulty } from '../bank/question.ts';
import { DIFFICULTIES, OPTION_LETTERS, SECTION_LABELS, TYPE_LABELS } from '../bank/question.ts';
import type { Cell, Shortage, Supply } from './allocate.ts';
import { allocate } from './allocate.ts';
import type { Blueprint, BlueprintSpec } from './blueprint.ts';
import { itemCount } from './blueprint.ts';
import type { DrawRandom } from './draw-random.ts';
import { drawRandom } from './draw-random.ts';
import type { FrozenItem, FrozenOption, FrozenPaper } from './frozen-paper.ts';

/** The bank as of one exam day. */
export interface DrawableBank {
  readonly questions: readonly BankQuestion[];
  readonly laws: LawCalendar;
  /** Day of the exam: items whose law version is not in force on it stay out. */
  readonly day: Day;
}

/** Which question stands for a knowledge point is chosen anew this often before a paper is refused. */
const MAX_TRIES = 12;

/** What the bank lacks, in the words of the official who has to supply it. */
export function shortageText(shortage: Shortage): string {
  switch (shortage.kind) {
    case 'type':
      return `${TYPE_LABELS[shortage.type]}需 ${shortage.needed} 道，可用 ${shortage.available} 道`;
    case 'section':
      return `“${SECTION_LABELS[shortage.section]}”至少需 ${shortage.needed} 道，可用 ${shortage.available} 道`;
    case 'combination':
      return `按各部分比例，${TYPE_LABELS[shortage.type]}还缺 ${shortage.missing} 道`;
  }
}

/** At most one question per knowledge point, chosen at random. */
function onePerKnowledgePoint(questions: readonly BankQuestion[], random: DrawRandom): BankQuestion[] {
  const chosen = new Map<string, BankQuestion>();
  for (const question of random.shuffle(questions))
    if (!chosen.has(question.knowledgePoint)) chosen.set(question.knowledgePoint, question);
  return [...chosen.values()];
}

function supplyOf(questions: readonly BankQuestion[]): Supply {
  const counts = new Map<string, number>();
  for (const { section, type } of questions) {
    const key = `${section}/${type}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return (section, type) => counts.get(`${section}/${type}`) ?? 0;
}

/** Takes `cell.count` questions, each time of the difficulty the paper still lacks most; `lacking` is counted down. */
function pickCell(
  cell: Cell,
  pool: readonly BankQuestion[],
  lacking: Record<Difficulty, number>,
): BankQuestion[] {
  const left = [...pool];
  const picked: BankQuestion[] = [];
  while (picked.length < cell.count) {
    const wanted = left.reduce(
      (most, question) => Math.max(most, lacking[question.difficulty]),
      Number.NEGATIVE_INFINITY,
    );
    const index = left.findIndex((question) => lacking[question.difficulty] === wanted);
    const [question] = left.splice(index, 1);
    invariant(question, 'the allocation stays within the supply');
    lacking[question.difficulty] -= 1;
    picked.push(question);
  }
  return picked;
}

function pickQuestions(
  cells: readonly Cell[],
  pool: readonly BankQuestion[],
  spec: BlueprintSpec,
  random: DrawRandom,
): BankQuestion[] {
  const total = itemCount(spec);
  const lacking: Record<Difficulty, number> = { easy: 0, medium: 0, hard: 0 };
  for (const difficulty of DIFFICULTIES)
    lacking[difficulty] = (spec.difficultyPercent[difficulty] * total) / 100;
  return random
    .shuffle(cells)
    .flatMap((cell) =>
      pickCell(
        cell,
        random.shuffle(pool.filter((one) => one.section === cell.section && one.type === cell.type)),
        lacking,
      ),
    );
}

/** Options in random order with the letters of this paper; the key follows them. True/false has none. */
function shuffleOptions(
  question: BankQuestion,
  random: DrawRandom,
): { options: FrozenOption[]; key: string[] } {
  if (question.type === 'true_false') return { options: [], key: [...question.answer] };
  const options = random.shuffle(question.options).map((option, index) => {
    const letter = OPTION_LETTERS[index];
    invariant(letter, 'a question has no more options than there are letters');
    return { letter, text: option.text, source: option.letter };
  });
  const key = options.filter((option) => question.answer.includes(option.source));
  return { options, key: key.map((option) => option.letter) };
}

function freeze(questions: readonly BankQuestion[], blueprint: Blueprint, random: DrawRandom): FrozenPaper {
  const { spec } = blueprint;
  const ordered = spec.parts.flatMap((part) =>
    random
      .shuffle(questions.filter((question) => question.type === part.type))
      .map((question) => ({ question, part })),
  );
  const items = ordered.map(({ question, part }, index): FrozenItem => ({
    position: index + 1,
    questionVersionId: question.versionId,
    type: question.type,
    section: question.section,
    stem: question.stem,
    ...shuffleOptions(question, random),
    markHundredths: part.markHundredths,
  }));
  return { blueprint: blueprint.code, multipleRule: spec.multipleRule, items };
}

/** The questions of one paper, before they stand in an order. */
export interface DrawnQuestions {
  /** Items in order, options in order: 0 is what the seed alone gives, every other number another order of the same. */
  readonly arrange: (arrangement: number) => FrozenPaper;
}

const ARRANGEMENT_MARK = '~';

/** The seed under which this very order is drawn again. */
export function arrangedSeed(seed: string, arrangement: number): string {
  return arrangement === 0 ? seed : `${seed}${ARRANGEMENT_MARK}${arrangement}`;
}

function splitSeed(seed: string): { readonly base: string; readonly arrangement: number } {
  const [base = '', arrangement = '0'] = seed.split(ARRANGEMENT_MARK);
  return { base, arrangement: Number(arrangement) };
}

/** Only what is in force on the exam day; a set of papers looks once. */
export function usableBank(bank: DrawableBank): DrawableBank {
  return {
    ...bank,
    questions: bank.questions.filter((question) =>
      isVersionInForce(bank.laws, question.law, question.lawVersion, bank.day),
    ),
  };
}

/** Chooses the questions of one paper; see `drawPaper`. @param bank as `usableBank` gives it @param seed without an arrangement */
export function drawQuestions(
  bank: DrawableBank,
  blueprint: Blueprint,
  seed: string,
): Outcome<DrawnQuestions, 'BANK_CANNOT_FEED'> {
  const usable = bank.questions;
  let shortages: readonly Shortage[] = [];
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const random = drawRandom(`${seed}/${attempt}`);
    const pool = onePerKnowledgePoint(usable, random);
    const allocation = allocate(blueprint.spec, supplyOf(pool), random);
    if (allocation.ok) {
      const questions = pickQuestions(allocation.cells, pool, blueprint.spec, random);
      const first = freeze(questions, blueprint, random);
      const again = (arrangement: number): FrozenPaper =>
        freeze(questions, blueprint, drawRandom(arrangedSeed(seed, arrangement)));
      return done({ arrange: (arrangement) => (arrangement === 0 ? first : again(arrangement)) });
    }
    shortages = allocation.shortages;
    // Without two questions on one point another choice changes nothing.
    if (pool.length === usable.length) break;
  }
  return refused('BANK_CANNOT_FEED', { missing: shortages.map(shortageText).join('；') });
}

/**
 * Draws one paper (domain.md §5.4): type counts exactly, weights of the syllabus within one item, one item per knowledge
 * point, no item on law that is not in force, difficulty mix as near as the bank allows; items shuffled inside their
 * type and options inside their item. The same bank, blueprint and seed give the same paper. Refuses BANK_CANNOT_FEED
 * with `missing`, which names what the bank lacks.
 * @param seed may name an arrangement (`arrangedSeed`)
 */
export function drawPaper(
  bank: DrawableBank,
  blueprint: Blueprint,
  seed: string,
): Outcome<FrozenPaper, 'BANK_CANNOT_FEED'> {
  const { base, arrangement } = splitSeed(seed);
  const drawn = drawQuestions(usableBank(bank), blueprint, base);
  return drawn.ok ? done(drawn.value.arrange(arrangement)) : drawn;
}
