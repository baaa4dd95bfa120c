import { timeText } from "./format.ts";
import { facility, notices } from "./model.ts";
import { words } from "./words.ts";

/** What head office wants read at the desk. */
export function Notices() {
  const zone = facility.value?.timezone;
  if (notices.value.length === 0 || zone === undefined) return null;
  return (
    <section class="notices">
      <h2>{words.notices}</h2>
      <ul>
        {notices.value.map(({ notice_id, text, at }) => (
          <li key={notice_id}>
            {text} <small>{timeText(Date.parse(at), zone)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
