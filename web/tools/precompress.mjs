// Writes FILE.gz and FILE.br beside each text file, so that the server sends bytes and compresses nothing.
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const texts = new Set([".js", ".css", ".html", ".svg", ".json", ".webmanifest", ".txt"]);
const worthwhile = 512;

function* filesUnder(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesUnder(path);
    else yield path;
  }
}

let count = 0;
for (const path of filesUnder(process.argv[2] ?? "dist")) {
  if (!texts.has(extname(path))) continue;
  const bytes = readFileSync(path);
  if (bytes.length < worthwhile) continue;
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(
    `${path}.br`,
    brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  );
  count += 1;
}
console.log(`precompressed ${count} files`);
