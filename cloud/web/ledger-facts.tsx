import type { FacilityDetail } from "@gatehouse/shared/contracts/office";
import { ageText, countText, momentText, shortHash, unknown } from "./format.ts";
import { LiveValue } from "../../shared/web/live-value.tsx";
import { words } from "./words.ts";

/** How far the ledger is held, and how it came. */
export function LedgerFacts({ detail }: { readonly detail: FacilityDetail }) {
  const { summary, batches, as_of } = detail;
  const { ledger, facts_until, timezone, version } = summary;
  const toCome = ledger.written === null ? null : ledger.written - ledger.acked;
  return (
    <section>
      <h3>{words.ledger}</h3>
      <dl class="facts">
        <Fact label={words.written} value={countText(ledger.written)} />
        <Fact label={words.acked} value={ledger.epoch === 0 ? unknown : countText(ledger.acked)} />
        <Fact label={words.toCome} value={countText(toCome)} isLoud={(toCome ?? 0) > 0} />
        <Fact
          label={words.factsUntil}
          value={facts_until === null ? unknown : words.ago(ageText(facts_until, as_of))}
          title={facts_until === null ? undefined : momentText(facts_until, timezone)}
        />
        <Fact
          label={words.lastHash}
          value={shortHash(ledger.last_hash)}
          title={ledger.last_hash ?? undefined}
          isCode
        />
        <Fact label={words.epoch} value={ledger.epoch === 0 ? unknown : countText(ledger.epoch)} />
        <Fact
          label={words.batches}
          value={words.batchesTold(countText(batches.accepted), countText(batches.lines_repeated))}
        />
        <Fact label={words.holes} value={countText(batches.with_hole)} />
        <Fact
          label={words.refused}
          value={countText(batches.refused)}
          isLoud={batches.refused > 0}
        />
        <Fact
          label={words.setAside}
          value={countText(ledger.set_aside)}
          isLoud={ledger.set_aside > 0}
        />
        <Fact label={words.version} value={version ?? unknown} />
      </dl>
    </section>
  );
}

function Fact({
  label,
  value,
  title,
  isCode = false,
  isLoud = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly title?: string | undefined;
  readonly isCode?: boolean;
  readonly isLoud?: boolean;
}) {
  const classes = [isCode ? "code" : "", isLoud ? "loud" : ""].join(" ").trim();
  return (
    <div>
      <dt>{label}</dt>
      <dd class={classes} title={title}>
        <LiveValue text={value} />
      </dd>
    </div>
  );
}

export function DirectiveList({ detail }: { readonly detail: FacilityDetail }) {
  const { directives, summary, as_of } = detail;
  if (directives.length === 0) return null;
  return (
    <section>
      <h3>{words.directives}</h3>
      <table>
        <tbody>
          {directives.map(({ number, kind, issued_at, result }) => (
            <tr key={number}>
              <td class="number narrow">{number}</td>
              <th scope="row">{words.directiveKind[kind] ?? kind}</th>
              <td title={momentText(issued_at, summary.timezone)}>
                {words.ago(ageText(issued_at, as_of))}
              </td>
              <td>
                {result === null ? words.onItsWay : (words.directiveResult[result] ?? result)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
