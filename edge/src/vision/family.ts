import { yoloxStrides } from "./decode.ts";

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
  | (Image & { readonly kind: "yolox"; readonly output: string; readonly candidates: number })
  | (Image & { readonly kind: "yolov8"; readonly output: string; readonly candidates: number });

/** What the file alone does not say. */
export interface FamilyFacts {
  /** How many classes the detector tells apart. */
  readonly classCount: number;
  /** The size at which to run a network whose picture may have any. */
  readonly size?: { readonly width: number; readonly height: number } | undefined;
}

/** @returns what was seen instead, when the model is of no family we can read */
export function familyOf(
  inputs: readonly Declared[],
  outputs: readonly Declared[],
  facts: FamilyFacts,
): Family | string {
  const seen = `inputs ${namesOf(inputs)}; outputs ${namesOf(outputs)}`;
  const image = imageOf(inputs, facts.size);
  if (image === undefined) {
    return `no input float32[1,3,height,width] of fixed size (a model card can give one): ${seen}`;
  }
  return (
    detrOf(image, inputs, outputs) ??
    yoloOf(image, inputs, outputs, facts.classCount) ??
    `no known family of ${facts.classCount} classes: ${seen}`
  );
}

/** What a file declares, in one line. */
export const namesOf = (declared: readonly Declared[]): string => declared.map(inWords).join(", ");

/** A dimension that the file leaves open is as the card says; one that it fixes stands. */
function imageOf(inputs: readonly Declared[], size: FamilyFacts["size"]): Image | undefined {
  for (const { name, type, shape } of inputs) {
    const [batch, channels, height, width] = shape;
    const isOne = batch === 1 || fixed(batch) === undefined;
    if (type !== "float32" || shape.length !== 4 || !isOne || channels !== 3) continue;
    const [high, wide] = [fixed(height) ?? size?.height, fixed(width) ?? size?.width];
    if (high !== undefined && wide !== undefined) return { image: name, width: wide, height: high };
  }
  return undefined;
}

/** Nothing for a dimension with a name, or none (some exporters write -1). */
const fixed = (size: number | string | undefined): number | undefined =>
  typeof size === "number" && size > 0 ? size : undefined;

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
  classCount: number,
): Family | undefined {
  const [output] = outputs;
  if (inputs.length !== 1 || outputs.length !== 1 || output === undefined) return undefined;
  const cells = yoloxStrides.reduce(
    (sum, stride) => sum + Math.floor(image.width / stride) * Math.floor(image.height / stride),
    0,
  );
  const [, second, third] = output.shape;
  if (output.type !== "float32" || output.shape.length !== 3) return undefined;
  const isCells = (size: number | string | undefined): boolean => (fixed(size) ?? cells) === cells;
  if (isCells(second) && third === 5 + classCount) {
    return { kind: "yolox", ...image, output: output.name, candidates: cells };
  }
  if (second === 4 + classCount && isCells(third)) {
    return { kind: "yolov8", ...image, output: output.name, candidates: cells };
  }
  return undefined;
}

const inWords = ({ name, type, shape }: Declared): string => `${name} ${type}[${shape.join(",")}]`;
