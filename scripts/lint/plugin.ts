import { relative, sep } from "node:path";
import {
  definePlugin,
  defineRule,
  type Context,
  type ESTree,
  type Reference,
  type Scope,
} from "@oxlint/plugins";
import {
  bannedGlobals,
  bannedModules,
  globalObjects,
  guardedGlobals,
  mayTouchTime,
} from "./clock-and-chance.ts";
import { hasFloor, importComplaint } from "./floors.ts";

/** Rules of this house that no ready-made linter has: see STYLE.md, "The house" and "Time, chance, money, shape". */
export default definePlugin({
  meta: { name: "gatehouse" },
  rules: {
    floors: defineRule({ create: watchFloors }),
    "clock-and-chance": defineRule({ create: watchClockAndChance }),
  },
});

/** Every way of naming another file: static, type, re-export, dynamic, `import("x").T`, `require`. */
function watchFloors(context: Context) {
  const file = pathOf(context);
  if (!hasFloor(file)) return {};
  const judge = (node: ESTree.Node, specifier: unknown) => {
    const message =
      typeof specifier === "string"
        ? importComplaint(file, specifier)
        : "an import must name its file in plain text, so that its floor can be seen";
    if (message !== undefined) context.report({ node, message });
  };
  return {
    ImportDeclaration: (node: ESTree.ImportDeclaration) => judge(node.source, node.source.value),
    ImportExpression: (node: ESTree.ImportExpression) => judge(node.source, literalOf(node.source)),
    ExportAllDeclaration: (node: ESTree.ExportAllDeclaration) =>
      judge(node.source, node.source.value),
    ExportNamedDeclaration: (node: ESTree.ExportNamedDeclaration) => {
      if (node.source !== null) judge(node.source, node.source.value);
    },
    TSImportType: (node: ESTree.TSImportType) => judge(node, node.source.value),
    CallExpression: (node: ESTree.CallExpression) => {
      const [first] = node.arguments;
      if (
        node.callee.type === "Identifier" &&
        node.callee.name === "require" &&
        first !== undefined
      ) {
        judge(node, literalOf(first));
      }
    },
    Program: (program: ESTree.Program) => {
      if (isBarrel(program)) {
        context.report({
          node: program,
          message: "a file that only re-exports: import the file that holds the thing",
        });
      }
    },
  };
}

function watchClockAndChance(context: Context) {
  const file = pathOf(context);
  if (!hasFloor(file) || mayTouchTime(file)) return {};
  const complain = (node: ESTree.Node, what: string) => {
    context.report({ node, message: `${what}: time comes from Clock, chance and ids from Random` });
  };
  return {
    Program: (program: ESTree.Program) => {
      for (const { identifier } of globalReferences(context.sourceCode.getScope(program))) {
        const node = identifier as ESTree.Node;
        const what = globalComplaint(node, identifier.name);
        if (what !== undefined) complain(node, what);
      }
    },
    ImportDeclaration: (node: ESTree.ImportDeclaration) => {
      const what = moduleComplaint(node);
      if (what !== undefined) complain(node, what);
    },
    ImportExpression: (node: ESTree.ImportExpression) => {
      if (bannedModules.has(moduleName(literalOf(node.source))))
        complain(node, "a module of time or chance");
    },
    MemberExpression: (node: ESTree.MemberExpression) => {
      const isTemporal = node.object.type === "Identifier" && node.object.name === "Temporal";
      if (isTemporal && propertyOf(node) === "Now") complain(node, "Temporal.Now");
    },
  };
}

/** References that no declaration in the file explains: the real globals, never a shadowing local. */
function globalReferences(programScope: Scope): Reference[] {
  let global = programScope;
  while (global.upper !== null) global = global.upper;
  const known = global.variables.filter(({ defs }) => defs.length === 0);
  return [...global.through, ...known.flatMap(({ references }) => references)];
}

/** @param node the place where the global, or the property of the global object, is named */
function globalComplaint(node: ESTree.Node, name: string): string | undefined {
  const parent = node.parent;
  if (parent === null || isTypePosition(parent)) return undefined;
  if (bannedGlobals.has(name)) return name;
  if (globalObjects.has(name)) {
    const property =
      parent.type === "MemberExpression" && parent.object === node ? propertyOf(parent) : undefined;
    return property === undefined ? `${name} itself` : globalComplaint(parent, property);
  }
  const isHarmless = guardedGlobals.get(name);
  if (isHarmless === undefined) return undefined;
  if (parent.type === "MemberExpression" && parent.object === node) {
    const property = propertyOf(parent);
    return property !== undefined && isHarmless(property)
      ? undefined
      : `${name}.${property ?? "[…]"}`;
  }
  if (parent.type === "BinaryExpression" && parent.operator === "instanceof") return undefined;
  if (name === "Date" && isDated(node, parent)) return undefined;
  return name === "Date" ? "Date without an instant" : `${name} itself`;
}

/** `new Date(instant)` only converts; `new Date()`, `new Date(...x)` and `Date()` ask the machine. */
function isDated(node: ESTree.Node, parent: ESTree.Node): boolean {
  if (parent.type !== "NewExpression" || parent.callee !== node) return false;
  const [first] = parent.arguments;
  return first !== undefined && first.type !== "SpreadElement";
}

function moduleComplaint(node: ESTree.ImportDeclaration): string | undefined {
  if (node.importKind === "type") return undefined;
  const banned = bannedModules.get(moduleName(node.source.value));
  if (banned === undefined) return undefined;
  if (banned === "whole") return node.source.value;
  for (const specifier of node.specifiers) {
    if (specifier.type !== "ImportSpecifier") return `${node.source.value} as a whole`;
    const name =
      specifier.imported.type === "Identifier" ? specifier.imported.name : specifier.imported.value;
    if (banned.has(name)) return name;
  }
  return undefined;
}

function moduleName(specifier: unknown): string {
  return typeof specifier === "string" ? specifier.replace(/^node:/, "") : "";
}

function propertyOf(node: ESTree.MemberExpression): string | undefined {
  if (!node.computed) return node.property.type === "Identifier" ? node.property.name : undefined;
  const value = literalOf(node.property);
  return typeof value === "string" ? value : undefined;
}

function literalOf(node: ESTree.Node): unknown {
  if (node.type === "Literal") return node.value;
  if (node.type === "TemplateLiteral" && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked;
  return undefined;
}

function isTypePosition(parent: ESTree.Node): boolean {
  return (
    parent.type.startsWith("TS") &&
    !["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression"].includes(parent.type)
  );
}

function isBarrel({ body }: ESTree.Program): boolean {
  const reExports = body.filter(
    ({ type, ...rest }) =>
      type === "ExportAllDeclaration" ||
      (type === "ExportNamedDeclaration" && "source" in rest && rest.source !== null),
  );
  return body.length > 0 && reExports.length === body.length;
}

function pathOf(context: Context): string {
  return relative(context.cwd, context.filename).split(sep).join("/");
}
