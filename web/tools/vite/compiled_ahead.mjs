/*
 * Tells the browser what to compile beside the download (V8's explicit compile hints): nearly all of the first file
 * runs at the start, and function by function it would be compiled while the screen waits for it. To other browsers
 * this is a comment.
 */
const hint = "//# allFunctionsCalledOnLoad\n";

export function compiledAhead() {
  return {
    name: "ondo-compiled-ahead",
    apply: "build",
    // After the parts that put something before the code: a hint counts on the first line only.
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const first = Object.values(bundle).filter(({ type, fileName, facadeModuleId }) => type === "chunk" && isFirst(fileName, facadeModuleId));
        if (first.length === 0) this.error("no first file was found");
        for (const chunk of first) chunk.code = hint + chunk.code;
      },
    },
  };
}

/** The file of the page itself; the first texts, which have the same name, are data. */
const isFirst = (file, facade) => /^assets\/first-[^/]*\.js$/.test(file) && !/\/i18n\//.test(facade ?? "");
