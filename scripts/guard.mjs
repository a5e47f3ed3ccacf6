// First line of defence, in plain old JavaScript: better-sqlite3 is built for Node-API 10 and crashes an older Node
// without a word (segmentation fault). This file must parse on Node 12, so nothing newer than that belongs in it.
const napi = Number(process.versions.napi);
if (!(napi >= 10)) {
  process.stderr.write(
    'Holdfast needs Node 22.14 or newer and this is Node ' +
      process.versions.node +
      ': run it through npm after "npm ci" (npm start, npx holdfast), which brings its own Node, or install a newer one.\n',
  );
  process.exit(2);
}
