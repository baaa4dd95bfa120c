/**
 * Writes a detector of the DETR family that fits into a test: it "sees" one car, always in the same place, and is
 * as sure of it as the picture is bright. The protobuf fields are those of ONNX's `onnx.proto`.
 */
export function tinyDetector(): Uint8Array {
  return detector(node("Reshape", ["mean", "one_by_one"], "scores"));
}

/** The tiny detector, but a bright picture sends it round a loop for years. */
export function stuckDetector(): Uint8Array {
  const body = message(
    node("Identity", ["go_on"], "going_on"),
    node("Identity", ["carried"], "carried_on"),
    text(2, "body"),
    value(11, "turn", int64, []),
    value(11, "go_on", bool, []),
    value(11, "carried", float32, []),
    value(12, "going_on", bool, []),
    value(12, "carried_on", float32, []),
  );
  return detector(
    ...excessTimes("years"),
    node("Loop", ["excess", "yes", "mean"], "looped", graph("body", body)),
    node("Reshape", ["looped", "one_by_one"], "scores"),
    tensor("years", float32, [], bytesOf(Float32Array.of(1e15))),
    tensor("yes", bool, [], Uint8Array.of(1)),
  );
}

/** The tiny detector, but a bright picture makes it take about 800 MB and keep them. */
export function hungryDetector(): Uint8Array {
  return detector(
    ...excessTimes("floats"),
    node("Reshape", ["excess", "one"], "much"),
    node("ConstantOfShape", ["much"], "room"),
    node("ReduceSum", ["room"], "nothing", integer("keepdims", 0)),
    node("Add", ["mean", "nothing"], "sum"),
    node("Reshape", ["sum", "one_by_one"], "scores"),
    tensor("floats", float32, [], bytesOf(Float32Array.of(7e8))),
    tensor("one", int64, [1], bytesOf(BigInt64Array.of(1n))),
  );
}

/** "excess": how much brighter than half the picture is, times a number; nothing for a dark one. */
const excessTimes = (factor: string): readonly Uint8Array[] => [
  node("Sub", ["mean", "half"], "above"),
  node("Relu", ["above"], "positive"),
  node("Mul", ["positive", factor], "product"),
  node("Cast", ["product"], "excess", integer("to", int64)),
  tensor("half", float32, [], bytesOf(Float32Array.of(0.5))),
];

/** @param parts nodes and tensors that make "scores" of "mean", the picture's brightness */
function detector(...parts: readonly Uint8Array[]): Uint8Array {
  const side = tinyDetectorPx;
  const box = Float32Array.of(...tinyDetectorBox);
  return message(
    number(1, 8), // ir_version
    field(8, message(text(1, ""), number(2, 13))), // opset_import
    field(
      7, // graph
      message(
        node("Identity", ["label"], "labels"),
        node("Identity", ["box"], "boxes"),
        node("ReduceMean", ["images"], "mean", integer("keepdims", 0)),
        ...parts,
        text(2, "tiny"),
        tensor("label", int64, [1, 1], bytesOf(BigInt64Array.of(2n))),
        tensor("box", float32, [1, 1, 4], bytesOf(box)),
        tensor("one_by_one", int64, [2], bytesOf(BigInt64Array.of(1n, 1n))),
        value(11, "images", float32, [1, 3, side, side]),
        value(11, "orig_target_sizes", int64, [1, 2]),
        value(12, "labels", int64, [1, 1]),
        value(12, "boxes", float32, [1, 1, 4]),
        value(12, "scores", float32, [1, 1]),
      ),
    ),
  );
}

export const tinyDetectorPx = 32;

/** Left, top, right, bottom in pixels of the network's input. */
export const tinyDetectorBox = [8, 8, 24, 24] as const;

const float32 = 1;
const int64 = 7;
const bool = 9;

const message = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Uint8Array.of(...bytes, rest);
}

const number = (id: number, value: number): Uint8Array => message(varint(id * 8), varint(value));

const field = (id: number, content: Uint8Array): Uint8Array =>
  message(varint(id * 8 + 2), varint(content.length), content);

const text = (id: number, content: string): Uint8Array => field(id, Buffer.from(content));

const bytesOf = ({ buffer }: Float32Array | BigInt64Array): Uint8Array => new Uint8Array(buffer);

function node(
  operator: string,
  inputs: readonly string[],
  output: string,
  ...attributes: readonly Uint8Array[]
): Uint8Array {
  const named = inputs.map((input) => text(1, input));
  const given = attributes.map((attribute) => field(5, attribute));
  return field(1, message(...named, text(2, output), text(4, operator), ...given));
}

/** AttributeProto: name, i, type = INT. */
const integer = (name: string, value: number): Uint8Array =>
  message(text(1, name), number(3, value), number(20, 2));

/** AttributeProto: name, g, type = GRAPH. */
const graph = (name: string, content: Uint8Array): Uint8Array =>
  message(text(1, name), field(6, content), number(20, 5));

function tensor(name: string, type: number, dims: readonly number[], data: Uint8Array): Uint8Array {
  const sizes = dims.map((dim) => number(1, dim));
  return field(5, message(...sizes, number(2, type), text(8, name), field(9, data)));
}

function value(id: number, name: string, type: number, dims: readonly number[]): Uint8Array {
  const shape = message(...dims.map((dim) => field(1, number(1, dim))));
  return field(
    id,
    message(text(1, name), field(2, field(1, message(number(1, type), field(2, shape))))),
  );
}
