import { describe, expect, test } from "vitest";
import { SignIn } from "../src/sign-in.ts";

const mufasa = { user: "Mufasa", password: "Circle of Life" };
const clientNonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
const asked = [
  'realm="http-auth@example.org"',
  'qop="auth, auth-int"',
  'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"',
  'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
].join(", ");

const answerTo = (challenge: string): string => {
  const signIn = new SignIn(mufasa, () => clientNonce);
  expect(signIn.learn(challenge, false)).toBe(true);
  return signIn.authorise("/dir/index.html") ?? "";
};

describe("Digest answers as the standard's own examples do (RFC 7616, 3.9.1)", () => {
  test("with SHA-256, which is preferred to MD5 wherever it stands", () => {
    const both = `Digest ${asked}, algorithm=MD5, Digest ${asked}, algorithm=SHA-256`;
    const answer = answerTo(both);
    expect(answer).toContain(
      'response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"',
    );
    expect(answer).toContain("algorithm=SHA-256");
    expect(answer).toContain('opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"');
  });

  test("with MD5", () => {
    const answer = answerTo(`Digest ${asked}, algorithm=MD5`);
    expect(answer).toContain('response="8ca523f5e9506fed4657c9700eebdbec"');
    expect(answer).toContain("nc=00000001");
  });
});

test("an older camera's Digest without quality is answered (RFC 2069)", () => {
  const signIn = new SignIn({ user: "Mufasa", password: "CircleOfLife" }, () => clientNonce);
  signIn.learn(
    'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"',
    false,
  );
  const answer = signIn.authorise("/dir/index.html");
  expect(answer).toContain('response="1949323746fe6a43ef61f9606e7febea"');
  expect(answer).not.toContain("nc=");
});

test("each use of a nonce is counted", () => {
  const signIn = new SignIn(mufasa, () => clientNonce);
  signIn.learn(`Digest ${asked}`, false);
  expect(signIn.authorise("/a")).toContain("nc=00000001");
  expect(signIn.authorise("/a")).toContain("nc=00000002");
});

test("Basic is used where nothing better is offered, and never unasked", () => {
  const signIn = new SignIn(mufasa, () => clientNonce);
  expect(signIn.authorise("/")).toBeUndefined();
  expect(signIn.learn('Basic realm="camera"', false)).toBe(true);
  expect(signIn.authorise("/")).toBe(
    `Basic ${Buffer.from("Mufasa:Circle of Life").toString("base64")}`,
  );
  expect(signIn.learn(`Basic realm="camera", Digest ${asked}`, false)).toBe(true);
  expect(signIn.authorise("/")).toMatch(/^Digest /);
});

test("a password that Basic was refused with is not sent again", () => {
  const signIn = new SignIn(mufasa, () => clientNonce);
  signIn.learn('Basic realm="camera"', false);
  expect(signIn.learn('Basic realm="camera"', true)).toBe(false);
});

test.each(["", "Negotiate", 'Digest realm="x", nonce="y", algorithm=WHIRLPOOL'])(
  "a challenge that cannot be met is not answered: %s",
  (challenge) => {
    const signIn = new SignIn(mufasa, () => clientNonce);
    expect(signIn.learn(challenge, false)).toBe(false);
    expect(signIn.authorise("/")).toBeUndefined();
  },
);

test("without credentials there is no answer", () => {
  expect(new SignIn(undefined, () => clientNonce).learn('Basic realm="camera"', false)).toBe(false);
});
