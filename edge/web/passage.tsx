import type { LaneView } from "@gatehouse/shared/contracts/kiosk";
import { momentText } from "./format.ts";
import { facility } from "./model.ts";
import { words } from "./words.ts";

/** The two loops of a lane: before the barrier, and under it. */
export function Loops({ arming, safety }: Pick<LaneView, "arming" | "safety">) {
  return (
    <dl class="loops" aria-label={words.loopsLabel}>
      <Loop name={words.loopBefore} active={arming} />
      <Loop name={words.loopUnder} active={safety} />
    </dl>
  );
}

function Loop({ name, active }: { readonly name: string; readonly active: boolean | null }) {
  const state = active === null ? "unknown" : active ? "car" : "free";
  return (
    <div class={`loop loop-${state}`}>
      <dt>{name}</dt>
      <dd>{words.loop[state]}</dd>
    </div>
  );
}

const steps = ["commanded", "acknowledged", "moved", "passed", "closed"] as const;

/** The five facts of a passage, each with what proves it; what is not proven stays empty. */
export function Proofs({ proofs }: Pick<LaneView, "proofs">) {
  const zone = facility.value?.timezone ?? "UTC";
  const last = steps.findLast((step) => proofs[step] !== null);
  const lastProof = last === undefined ? null : proofs[last];
  return (
    <div class="proofs">
      <ol aria-label={words.proofsLabel}>
        {steps.map((step) => {
          const proof = proofs[step];
          const name = words.proofs[step] ?? step;
          return (
            <li
              key={step}
              class={proof === null ? "unproven" : "proven"}
              title={
                proof === null
                  ? name
                  : `${words.proven(name, proof.evidence)} ${momentText(Date.parse(proof.at), zone)}`
              }
            >
              <span class="visually-hidden">
                {proof === null ? `${name}: –` : words.proven(name, proof.evidence)}
              </span>
            </li>
          );
        })}
      </ol>
      <p>
        {last === undefined || lastProof === null
          ? words.noProof
          : words.proven(words.proofs[last] ?? last, lastProof.evidence)}
      </p>
    </div>
  );
}
