import { z } from 'zod';

const MAX_NUMBER = 32;
const MAX_NAME = 30;

/** The question of the counter: a number and the name that stands beside it on the card. */
export const checkFormSchema = z.object({
  certificateNo: z.string().trim().max(MAX_NUMBER, `证号最长 ${MAX_NUMBER} 位`),
  name: z.string().trim().max(MAX_NAME, `姓名最长 ${MAX_NAME} 个字`),
});
