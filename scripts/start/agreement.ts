/** What somebody says about a space from a moment on (virtual Unix ms). */
export interface SpaceSaying {
  readonly spaceId: string;
  readonly at: number;
  /** undefined: unknown. */
  readonly occupied: boolean | undefined;
}

const sampleEveryMs = 1000;
/** A source may take so long to follow a true change. */
const toleranceMs = 10_000;

/**
 * The share of (space, second) samples in which the published state agrees with the truth. Left out are the
 * 10 virtual seconds after a true change. An unknown state agrees with nothing.
 *
 * @param truth every true change, with a first one for each space at or before `from`
 * @param published every published change, likewise
 * @returns 0–1; undefined without a sample
 */
export function agreementOf(
  truth: readonly SpaceSaying[],
  published: readonly SpaceSaying[],
  from: number,
  to: number,
): number | undefined {
  const truths = bySpace(truth);
  const answers = bySpace(published);
  let samples = 0;
  let agreeing = 0;
  for (const [spaceId, changes] of truths) {
    const said = timeline(answers.get(spaceId) ?? []);
    const is = timeline(changes);
    for (let at = Math.ceil(from / sampleEveryMs) * sampleEveryMs; at < to; at += sampleEveryMs) {
      const now = is(at);
      if (now === undefined) continue;
      if (now.first !== true && at - now.since < toleranceMs) continue;
      samples++;
      if (said(at)?.occupied === now.occupied) agreeing++;
    }
  }
  return samples === 0 ? undefined : agreeing / samples;
}

function bySpace(sayings: readonly SpaceSaying[]): Map<string, SpaceSaying[]> {
  return Map.groupBy(
    sayings.toSorted((a, b) => a.at - b.at),
    (saying) => saying.spaceId,
  );
}

interface Present {
  readonly since: number;
  readonly occupied: boolean | undefined;
  readonly first: boolean;
}

/** Answers what holds at a moment; asked with rising moments only. */
function timeline(sayings: readonly SpaceSaying[]): (at: number) => Present | undefined {
  let next = 0;
  let present: Present | undefined;
  return (at) => {
    for (
      let saying = sayings[next];
      saying !== undefined && saying.at <= at;
      saying = sayings[++next]
    ) {
      if (present?.occupied === saying.occupied) continue;
      present = { since: saying.at, occupied: saying.occupied, first: present === undefined };
    }
    return present;
  };
}
