import { describe, expect, test } from 'vitest';
import { CERTIFICATE_PAPERS } from '#app/certificate/papers/certificate-papers.ts';
import { SEALED_PAPERS } from '#app/exam/release/printed/printed-papers.ts';
import { EXAM_PAPERS } from '#app/exam/sitting/papers/sitting-papers.ts';
import { OFFICE_PAPERS } from '#app/office/document/papers/office-papers.ts';
import { allFields, exampleData } from '#app/office/document/paper.ts';
import { checkLayout } from '#app/office/document/template-check.ts';
import { readTag } from '#app/office/document/tags.ts';
import { TRAINING_PAPERS } from '#app/training/session/papers/class-papers.ts';

const PAPERS = [
  ...OFFICE_PAPERS,
  ...CERTIFICATE_PAPERS,
  ...TRAINING_PAPERS,
  ...EXAM_PAPERS,
  ...SEALED_PAPERS,
];

describe('the papers of the office (domain.md §11.2)', () => {
  test('each has its own code', () => {
    expect(new Set(PAPERS.map((paper) => paper.code)).size).toBe(PAPERS.length);
  });

  test.each(PAPERS.map((paper) => [paper.code, paper] as const))(
    '%s names only fields it has',
    (_, paper) => {
      expect(checkLayout(paper)).toEqual([]);
    },
  );

  test.each(PAPERS.map((paper) => [paper.code, paper] as const))(
    '%s has field names that can stand in braces, once per list',
    (_, paper) => {
      const fields = allFields(paper);
      for (const { name } of fields) expect(readTag(name)).toEqual({ is: 'field', name });
      const keys = fields.map((field) => `${field.repeats ?? ''}:${field.name}`);
      expect(new Set(keys).size).toBe(keys.length);
    },
  );

  test('a trial fill has a value for every field and three rows for every list', () => {
    for (const paper of PAPERS) {
      const data = exampleData(paper);
      for (const field of allFields(paper)) {
        const rows = field.repeats === undefined ? [data.values] : (data.rows?.[field.repeats] ?? []);
        expect(rows).toHaveLength(field.repeats === undefined ? 1 : 3);
        for (const row of rows) expect(row).toHaveProperty([field.name]);
      }
    }
  });
});
