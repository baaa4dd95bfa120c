// Imported first by every entry file: an older Node cannot even load a TypeScript source,
// and a native module dies on it without a word.
const least = 24;

if (Number(process.versions.node.split(".")[0]) < least) {
  console.error(
    `Gatehouse needs Node ${least} or newer; this is ${process.version}. ` +
      "Run it through npm (npm start, npm test), which brings its own on Linux x64, " +
      "or put node_modules/.bin first on the PATH.",
  );
  process.exit(2);
}
