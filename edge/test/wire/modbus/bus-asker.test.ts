import { Pty } from "@gatehouse/firmware-sim/wire/pty";
import type { Duplex } from "node:stream";
import { describe, expect, onTestFinished, test } from "vitest";
import { BusAsker } from "../../../src/adapters/wire/bus-asker.ts";
import { serialEndpoint, tcpEndpoint } from "../../../src/adapters/wire/endpoints.ts";
import { RtuFraming } from "../../../src/adapters/wire/rtu-framing.ts";
import { TcpFraming } from "../../../src/adapters/wire/tcp-framing.ts";
import { answerTo, exceptionMeanings, isLoopBack, type Kind, refusalOf } from "./modbus-answers.ts";
import { Recorder } from "./recorder.ts";

/** Real milliseconds that a silent board costs; a prompt answer on a busy machine takes less. */
const timeoutMs = 300;

type Answer = (frame: Buffer, stream: Duplex) => void;

interface Asked {
  readonly asker: BusAsker;
  /** Questions that the board has heard. */
  readonly questions: () => number;
}

const onNetwork =
  (kind: Kind) =>
  async (answer: Answer): Promise<Asked> => {
    const board = new Recorder(answer);
    await board.start();
    onTestFinished(() => board.stop());
    const framing = kind === "modbus-tcp" ? new TcpFraming() : new RtuFraming();
    const asker = new BusAsker(tcpEndpoint("127.0.0.1", board.port), framing, timeoutMs);
    onTestFinished(() => asker.close());
    return { asker, questions: () => board.frames.length };
  };

async function onSerialLine(answer: Answer): Promise<Asked> {
  let heard = 0;
  const port = new Pty();
  await port.open((stream) =>
    stream.on("data", (frame: Buffer) => {
      heard += 1;
      answer(frame, stream);
    }),
  );
  onTestFinished(() => port.close());
  const asker = new BusAsker(serialEndpoint(port.path, 9600), new RtuFraming(), timeoutMs);
  onTestFinished(() => asker.close());
  return { asker, questions: () => heard };
}

const wires: readonly {
  readonly wire: string;
  readonly kind: Kind;
  readonly plug: (answer: Answer) => Promise<Asked>;
}[] = [
  { wire: "modbus-tcp", kind: "modbus-tcp", plug: onNetwork("modbus-tcp") },
  { wire: "rtu-over-tcp", kind: "rtu-over-tcp", plug: onNetwork("rtu-over-tcp") },
  { wire: "a serial line", kind: "rtu-over-tcp", plug: onSerialLine },
];
const networks = wires.filter(({ wire }) => wire !== "a serial line");

const coilOn = [1, 1, 1] as const;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const none = { kind: "none", wasNoisy: false } as const;
const on = { kind: "data", bytes: Buffer.from([1]) } as const;

describe.each(wires)("asking what nobody has described, on $wire", ({ kind, plug }) => {
  test.each(exceptionMeanings)("hears exception %i (%s), and asks no second time", async (code) => {
    const { asker, questions } = await plug((frame, stream) =>
      stream.write(refusalOf(kind, frame, code)),
    );
    for (const table of ["coil", "discrete", "holding", "input"] as const)
      expect(await asker.read(1, table, 0, 1)).toEqual({ kind: "refused", code });
    expect(questions()).toBe(4);
  });

  test("takes no late answer for the next question's, and believes that one", async () => {
    let order = Promise.resolve();
    let asked = 0;
    const { asker } = await plug((frame, stream) => {
      asked += 1;
      const isFirst = asked === 1;
      order = order.then(async () => {
        if (isFirst) await pause(timeoutMs + 150);
        stream.write(
          isLoopBack(kind, frame) ? frame : answerTo(kind, frame, isFirst ? coilOn : [1, 1, 0]),
        );
      });
    });
    expect(await asker.read(1, "coil", 0, 1)).toEqual(none);
    expect(await asker.read(1, "coil", 0, 1)).toEqual({ kind: "data", bytes: Buffer.from([0]) });
  });

  test("is deaf for no longer than one question when an answer is damaged", async () => {
    let asked = 0;
    const { asker } = await plug((frame, stream) => {
      if (isLoopBack(kind, frame)) return stream.write(frame);
      asked += 1;
      const answer = answerTo(kind, frame, coilOn);
      if (asked === 1) answer.fill(0xff, 2, 5);
      stream.write(answer);
    });
    expect(await asker.read(1, "coil", 0, 1)).toEqual({ kind: "none", wasNoisy: true });
    for (let question = 0; question < 3; question += 1)
      expect(await asker.read(1, "coil", 0, 1)).toEqual(on);
  });

  test("believes no other unit's answer", async () => {
    const { asker } = await plug((frame, stream) => {
      const other = Buffer.from(frame);
      other[kind === "modbus-tcp" ? 6 : 0] = 9;
      stream.write(answerTo(kind, other, coilOn));
    });
    expect(await asker.read(1, "coil", 0, 1)).toEqual({ kind: "none", wasNoisy: true });
  });
});

describe.each(networks)("asking on a half-open connection of $wire", ({ kind, plug }) => {
  test("whose other end is gone without a word is silence; opened anew, the board answers", async () => {
    const connections = new Set<Duplex>();
    const { asker } = await plug((frame, stream) => {
      connections.add(stream);
      if (connections.size > 1)
        stream.write(isLoopBack(kind, frame) ? frame : answerTo(kind, frame, coilOn));
    });
    expect(await asker.read(1, "coil", 0, 1)).toEqual(none);
    await asker.close();
    expect(await asker.read(1, "coil", 0, 1)).toEqual(on);
  });

  test("of which the board has closed its half is opened anew for the next question", async () => {
    const connections = new Set<Duplex>();
    const { asker } = await plug((frame, stream) => {
      connections.add(stream);
      if (connections.size === 1) stream.end();
      else stream.write(isLoopBack(kind, frame) ? frame : answerTo(kind, frame, coilOn));
    });
    expect(await asker.read(1, "coil", 0, 1)).toEqual(none);
    expect(await asker.read(1, "coil", 0, 1)).toEqual(on);
  });
});
