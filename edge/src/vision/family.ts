import { yoloxStrides } from "./decode.ts";
import { cocoClasses } from "./vehicles.ts";

/** One input or output as the model file declares it; a dimension that may vary is a name. */
export interface Declared {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

interface Image {
  /** Name of the input that takes the picture. */
  readonly image: string;
  readonly width: number;
  readonly height: number;
}

/** What a detector's inputs and outputs look like, which says how to feed and read it. */
export type Family =
  | (Image & {
      readonly kind: "detr";
      /** Name of the input that takes the size boxes are scaled to. */
      readonly sizes: string;
      readonly labels: string;
      readonly boxes: string;
      readonly scores: string;
    })
  | (Image & { readonly kind: "yolox"; readonly output: string })
  | (Image & { readonly kind: "yolov8"; readonly output: string; readonly candidates: number });

/** @returns what was seen instead, when the model is of no family we can read */
export function familyOf(
  inputs: readonly Declared[],
  outputs: readonly Declared[],
): Family | string {
  const seen = `inputs ${inputs.map(inWords).join(", ")}; outputs ${outputs.map(inWords).join(", ")}`;
  const image = imageOf(inputs);
  if (image === undefined) return `no input float32[1,3,height,width] of fixed size: ${seen}`;
  return (
    detrOf(image, inputs, outputs) ?? yoloOf(image, inputs, outputs) ?? `no known family: ${seen}`
  );
}

function imageOf(inputs: readonly Declared[]): Image | undefined {
  for (const { name, type, shape } of inputs) {
    const [batch, channels, height, width] = shape;
    const isOne = batch === 1 || typeof batch === "string";
    if (type !== "float32" || shape.length !== 4 || !isOne || channels !== 3) continue;
    if (typeof height === "number" && typeof width === "number")
      return { image: name, width, height };
  }
  return undefined;
}

function detrOf(
  image: Image,
  inputs: readonly Declared[],
  outputs: readonly Declared[],
): Family | undefined {
  const sizes = inputs.find(({ type, shape }) => type === "int64" && shape.at(-1) === 2);
  const boxes = outputs.find(({ type, shape }) => type === "float32" && shape.at(-1) === 4);
  const labels = outputs.find(({ type }) => type === "int64" || type === "int32");
  const scores = outputs.find((output) => output.type === "float32" && output !== boxes);
  if (inputs.length !== 2 || outputs.length !== 3) return undefined;
  if (!sizes || !boxes || !labels || !scores) return undefined;
  const names = { sizes: sizes.name, labels: labels.name, boxes: boxes.name, scores: scores.name };
  return { kind: "detr", ...image, ...names };
}

/** Both YOLO families have one cell or candidate for each place of three grids. */
function yoloOf(
  image: Image,
  inputs: readonly Declared[],
  outputs: readonly Declared[],
): Family | undefined {
  const [output] = outputs;
  if (inputs.length !== 1 || outputs.length !== 1 || output === undefined) return undefined;
  const cells = yoloxStrides.reduce(
    (sum, stride) => sum + Math.floor(image.width / stride) * Math.floor(image.height / stride),
    0,
  );
  const [, second, third] = output.shape;
  if (output.type !== "float32" || output.shape.length !== 3) return undefined;
  if (second === cells && third === 5 + cocoClasses) {
    return { kind: "yolox", ...image, output: output.name };
  }
  if (second === 4 + cocoClasses && third === cells) {
    return { kind: "yolov8", ...image, output: output.name, candidates: cells };
  }
  return undefined;
}

const inWords = ({ name, type, shape }: Declared): string => `${name} ${type}[${shape.join(",")}]`;
