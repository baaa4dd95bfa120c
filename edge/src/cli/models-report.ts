import type { ModelsAnswer } from "./models.ts";
import { table } from "./table.ts";
import { plain, shape, toned, type Terminal, type Tone } from "./terminal.ts";

/** What a person reads: the verdict in the first line, then every model, then what to try next. */
export function printModels(terminal: Terminal, answer: ModelsAnswer): void {
  const tone = answer.exit_code === 0 ? "ok" : "bad";
  terminal.print(toned(terminal, tone, plain(answer.verdict)));
  for (const line of linesOf(answer, terminal)) terminal.print(line);
}

const stateTones: Readonly<Record<string, Tone>> = {
  shipped: "ok",
  installed: "ok",
  available: "unknown",
  damaged: "bad",
};

function linesOf(answer: ModelsAnswer, terminal: Terminal): string[] {
  switch (answer.about) {
    case "models-list": {
      const { models } = answer.data;
      const rows = models.map(({ name, kind, state, licence }) => {
        const tone = stateTones[state] ?? "unknown";
        return [name, kind ?? "–", { tone, text: `${shape(tone)} ${state}` }, licence ?? "–"];
      });
      const notes = models.flatMap(({ name, licence_note }) =>
        licence_note === null ? [] : [`${plain(name)}: ${plain(licence_note)}`],
      );
      const head = ["model", "kind", "state", "licence"];
      return ["", table(terminal, head, rows), ...(notes.length === 0 ? [] : ["", ...notes])];
    }
    case "models-verify":
      return answer.data.models.map(({ name, place, trouble }) => {
        const tone = trouble === null ? "ok" : "bad";
        return `${toned(terminal, tone, shape(tone))} ${plain(name)} (${place}): ${plain(trouble ?? "whole")}`;
      });
    case "models-install":
      return [
        plain(answer.data.file),
        `In facility.yaml a camera names it: ${plain(answer.data.name)}`,
      ];
    case "refused":
      return answer.data.hint === null ? [] : [plain(answer.data.hint)];
  }
}
