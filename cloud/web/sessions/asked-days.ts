/** The members of a question that have these names. */
export const onlyThese = (
  question: Readonly<Record<string, string>>,
  names: readonly string[],
): Record<string, string | undefined> =>
  Object.fromEntries(names.map((name) => [name, question[name]]));

/**
 * Days that are asked for whole: one that is missing is made up from the other, because head office takes both or
 * neither.
 *
 * @param today the present day at the facility
 */
export function wholeDays(
  { from, to }: Readonly<Record<string, string | undefined>>,
  today: string,
): { readonly from?: string; readonly to?: string } {
  if (from === undefined && to === undefined) return {};
  const last = to ?? (from !== undefined && from > today ? from : today);
  return { from: from ?? last, to: last };
}
