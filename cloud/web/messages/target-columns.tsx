import { TargetMade, type TargetView } from "@gatehouse/shared/contracts/notify";
import { ask, nothing } from "../../../shared/web/ask.ts";
import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { minuteText } from "../format.ts";
import { wholeAddress } from "../frame/address.ts";
import { ConfirmedAct } from "../frame/confirmed-act.tsx";
import type { Column } from "../frame/data-table.tsx";
import { messageWords as words } from "./message-words.ts";
import { notifyPath } from "./notify-path.ts";

const ownTimezone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function standing(target: TargetView): { readonly tone: Tone; readonly text: string } {
  const { stopped_why, is_active, failing_since } = target;
  const text = (name: string): string => words.states[name] ?? name;
  if (!is_active && stopped_why !== null) return { tone: "bad", text: text(stopped_why) };
  if (!is_active) return { tone: "unknown", text: text("off") };
  if (failing_since !== null) return { tone: "warn", text: text("failing") };
  return { tone: "ok", text: text("on") };
}

/** What a table of receivers shows, and what can be done with each. */
export const targetColumns = ({
  onChange,
  onTested,
  onSecret,
  onDeleted,
}: {
  readonly onChange: (target: TargetView) => void;
  readonly onTested: () => void;
  readonly onSecret: (secret: string | null) => void;
  readonly onDeleted: () => void;
}): readonly Column<TargetView>[] => [
  { key: "name", title: words.nameField, value: ({ name }) => name },
  { key: "kind", title: words.kind, value: ({ kind }) => words.kinds[kind] ?? kind },
  {
    key: "state",
    title: words.state,
    value: (target) => standing(target).text,
    show: (target) => {
      const { tone, text } = standing(target);
      return (
        <>
          <StateMark tone={tone} /> {text}
        </>
      );
    },
  },
  { key: "waiting", title: words.waiting, kind: "number", value: ({ waiting }) => waiting },
  {
    key: "failed",
    title: words.failed,
    kind: "number",
    value: ({ failed }) => failed,
    show: ({ failed, target_id }) =>
      failed === 0 ? (
        0
      ) : (
        <a href={wholeAddress("deliveries", { state: "failed", target: target_id })}>{failed}</a>
      ),
  },
  {
    key: "last_delivered_at",
    title: words.lastTaken,
    value: ({ last_delivered_at }) => last_delivered_at,
    show: ({ last_delivered_at }) =>
      last_delivered_at === null ? "–" : minuteText(last_delivered_at, ownTimezone),
  },
  {
    key: "acts",
    title: words.change,
    value: () => null,
    show: (target) => {
      const path = notifyPath(`/targets/${target.target_id}`);
      const asked = (): object => ({ request_id: crypto.randomUUID() });
      return (
        <div class="row-acts">
          <button type="button" class="link" onClick={() => onChange(target)}>
            {words.change}
          </button>
          {target.is_active && (
            <button
              type="button"
              class="link"
              onClick={() =>
                void ask("POST", `${path}/test`, nothing, asked()).then(
                  (told) => told.kind === "ok" && onTested(),
                )
              }
            >
              {words.test}
            </button>
          )}
          {target.kind === "webhook" && (
            <ConfirmedAct
              name={words.rotate}
              question={words.rotateQuestion}
              act={async () => {
                const told = await ask("POST", `${path}/rotate`, TargetMade, asked());
                if (told.kind === "ok") onSecret(told.value.secret);
                return told;
              }}
              onDone={() => {}}
            />
          )}
          <ConfirmedAct
            name={words.delete}
            question={words.deleteReceiver}
            act={() => ask("DELETE", path, nothing)}
            onDone={onDeleted}
          />
        </div>
      );
    },
  },
];
