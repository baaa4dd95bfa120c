/** Whether digits, the last of which checks the others, are right (ISO/IEC 7812-1, annex B). */
export const passesLuhn = (digits: string): boolean => luhnSum(digits) % 10 === 0;

/** The digit that is to stand behind these so that they pass. */
export const checkDigitOf = (digits: string): number => (10 - (luhnSum(`${digits}0`) % 10)) % 10;

const luhnSum = (digits: string): number =>
  Array.from(digits, Number)
    .toReversed()
    .reduce((sum, digit, index) => {
      const counted = index % 2 === 1 ? digit * 2 : digit;
      return sum + (counted > 9 ? counted - 9 : counted);
    }, 0);
