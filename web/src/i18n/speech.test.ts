import { expect, test } from "vitest";
import en from "./en";
import first from "./en/first";
import ja from "./ja";
import { addTexts, speakerOf, type TextKey } from "./speech";

addTexts("en", en);
addTexts("en", first);
addTexts("ja", ja);

const say = (text: string, values: Record<string, unknown>, language = "en") => {
  addTexts(language, { sample: { text } });
  return speakerOf(language)("sample.text" as TextKey, values);
};

test("a count chooses the plural of the language, and languages without plurals have one form", () => {
  const texts = { sample: { doctors_one: "{{count}} doctor", doctors_other: "{{count}} doctors" } };
  addTexts("en", texts);
  addTexts("ja", { sample: { doctors_other: "{{count}}名" } });
  const key = "sample.doctors" as TextKey;
  expect([0, 1, 2].map((count) => speakerOf("en")(key, { count }))).toEqual(["0 doctors", "1 doctor", "2 doctors"]);
  expect(speakerOf("ja")(key, { count: 1 })).toBe("1名");
});

test("a text without plurals takes a count as any other value", () => {
  expect(say("{{count}} of {{of}}", { count: 1, of: 3 })).toBe("1 of 3");
});

test("numbers are written as the language writes them, and values never as a pattern", () => {
  expect(say("{{count}} rows", { count: 100000 })).toBe("100,000 rows");
  expect(say("{{rows, number}} rows since {{year}}", { rows: 100000, year: 2026 })).toBe("100,000 rows since 2026");
  expect(say("{{name}}!", { name: "$& {{name}}" })).toBe("$& {{name}}!");
});

test("texts of an area are known besides those that were there, and what is missing is seen", () => {
  addTexts("en", { app: { sample_only: "sample" } });
  expect(speakerOf("en")("app.name")).toBe(first.app.name);
  expect(speakerOf("en")("app.nothing" as TextKey)).toBe("app.nothing");
  expect(speakerOf("zh")("app.name")).toBe("app.name");
});

test("only texts that exist can be said", () => {
  // @ts-expect-error: there is no such text
  expect(speakerOf("en")("app.no_such_text")).toBe("app.no_such_text");
});
