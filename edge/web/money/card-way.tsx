import { chooseAtLane } from "../desk-api.ts";
import { PayFrame, type WayProps } from "./pay-frame.tsx";
import { payWords } from "./pay-words.ts";

/** The lane's own terminal asks the driver once more, as if the vehicle had just been identified. */
export function CardWay({ paying, way }: WayProps) {
  const { laneId, subjectId } = paying.owing;
  const press = (): void => {
    if (laneId === undefined) return;
    void paying.press(
      (requestId) => chooseAtLane(laneId, { request_id: requestId, session_id: subjectId }),
      ({ sentence }) => paying.leave(sentence),
    );
  };
  return (
    <PayFrame
      paying={paying}
      way={way}
      act={{ text: payWords.askCard, isPossible: laneId !== undefined, press }}
      hint={"\u00A0"}
    >
      <p>{laneId === undefined ? payWords.noCard : payWords.cardText}</p>
    </PayFrame>
  );
}
