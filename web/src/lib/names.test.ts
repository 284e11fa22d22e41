import { describe, expect, it } from "vitest";
import { displayName, languageOfName, ownName, readingOf } from "./names";

const tanaka = {
  family_name: "田中",
  given_name: "浩",
  family_kana: "タナカ",
  given_kana: "ヒロシ",
  family_latin: "Tanaka",
  given_latin: "Hiroshi",
};
const wang = { family_name: "王", given_name: "建国", family_latin: "Wang", given_latin: "Jianguo" };
const mueller = { family_name: "Müller", given_name: "Johannes" };

describe("a name in its bearer's script", () => {
  it("puts the family first where the bearer does", () => {
    expect(ownName(tanaka)).toBe("田中 浩");
    expect(ownName(wang)).toBe("王建国");
    expect(ownName(mueller)).toBe("Johannes Müller");
  });

  it("knows whose script it is", () => {
    expect(languageOfName(tanaka)).toBe("ja");
    expect(languageOfName({ family_name: "さくら", given_name: "" })).toBe("ja");
    expect(languageOfName(wang)).toBe("zh");
    expect(languageOfName(mueller)).toBe("en");
  });
});

describe("a name for its reader", () => {
  it("is Latin, given name first, for a reader of English", () => {
    expect(displayName(tanaka, "en")).toBe("Hiroshi Tanaka");
    expect(displayName(wang, "en")).toBe("Jianguo Wang");
    expect(displayName(mueller, "en")).toBe("Johannes Müller");
  });

  it("is the server's title where there is one", () => {
    expect(displayName({ ...tanaka, title: "田中 浩（循環器）" }, "ja")).toBe("田中 浩（循環器）");
  });

  it("comes with the reading that this reader needs", () => {
    expect(readingOf(tanaka, "ja")).toEqual({ text: "タナカ ヒロシ", language: "ja" });
    expect(readingOf(tanaka, "en")).toEqual({ text: "田中 浩", language: "ja" });
    expect(readingOf(tanaka, "zh")).toEqual({ text: "Hiroshi Tanaka", language: "en" });
    expect(readingOf(wang, "en")).toEqual({ text: "王建国", language: "zh" });
  });

  it("has no reading that would say the same again", () => {
    expect(readingOf(mueller, "en")).toBeNull();
    expect(readingOf({ ...mueller, title: "Müller Johannes" }, "en")).toBeNull();
    expect(readingOf(wang, "ja")).toBeNull();
  });
});
