/** Weights of GB 11643-1999; written down again here so that tests do not lean on the code they check. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An invented ID number in the unassigned area 99xxxx with a right check character. @param n 0–9,999,999 */
export function makeIdNumber(n: number): string {
  const area = `99${String(Math.floor(n / 1000) % 10_000).padStart(4, '0')}`;
  const body = `${area}19900101${String(n % 1000).padStart(3, '0')}`;
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (WEIGHTS[index] ?? 0), 0);
  return body + '10X98765432'.charAt(sum % 11);
}
