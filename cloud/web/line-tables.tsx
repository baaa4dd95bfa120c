import type { FacilityDetail } from "@gatehouse/shared/contracts/office";
import { eventText } from "./event-words.ts";
import { countText, momentText, shortHash, timeText, unknown } from "./format.ts";
import { words } from "./words.ts";

/** The newest lines of the ledger. */
export function LastLines({ detail }: { readonly detail: FacilityDetail }) {
  const { lines, summary } = detail;
  return (
    <section>
      <h3>{words.happened}</h3>
      {lines.length === 0 ? (
        <p class="empty">{words.nothingHappened}</p>
      ) : (
        <table class="lines">
          <thead>
            <tr>
              <th>{words.time}</th>
              <th>{words.event}</th>
              <th>{words.about}</th>
              <th class="number">{words.line}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ epoch, seq, type, at, subject, hash }) => (
              <tr key={`${epoch}/${seq}`}>
                <td title={at === null ? undefined : momentText(at, summary.timezone)}>
                  {at === null ? unknown : timeText(at, summary.timezone)}
                </td>
                <th scope="row">{eventText(type)}</th>
                <td>{subject ?? ""}</td>
                <td class="number" title={shortHash(hash)}>
                  {countText(seq)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** What was not understood is told too: it is kept and waits for someone who does. */
export function SetAsideLines({ detail }: { readonly detail: FacilityDetail }) {
  const { set_aside, summary } = detail;
  if (set_aside.length === 0) return null;
  return (
    <section>
      <h3>{words.setAsideLines}</h3>
      <p class="quiet">{words.setAsideHint}</p>
      <ul class="asides">
        {set_aside.map(({ epoch, seq, reason, detail: what, set_aside_at }) => (
          <li key={`${epoch}/${seq}`}>
            <span>
              {words.line} {epoch}/{countText(seq)}: {words.asideReason[reason] ?? reason}
            </span>
            <span class="quiet">
              {what} · {momentText(set_aside_at, summary.timezone)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
