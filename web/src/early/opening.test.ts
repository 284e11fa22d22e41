// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { showOpening } from "./opening";

const words = { name: "Ondo", loading: "読み込んでいます", unreachable: "接続できません。", retry: "もう一度試す" };

beforeEach(() => {
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
  document.body.innerHTML = '<div id="root"></div>';
});

afterEach(() => vi.unstubAllGlobals());

test("until the page has come its mark stands there, in the language and the colours of the device", () => {
  showOpening("ja", words);
  expect(document.querySelector("#root [role=status]")?.textContent).toBe("読み込んでいます");
  expect(document.documentElement.lang).toBe("ja");
  expect(document.documentElement.getAttribute("data-mantine-color-scheme")).toBe("dark");
});

test("a part that does not come is said, with a way to try again", () => {
  showOpening("ja", words);
  const script = document.body.appendChild(document.createElement("script"));
  script.dispatchEvent(new Event("error"));
  expect(document.querySelector("[role=status]")?.textContent).toBe("接続できません。 もう一度試す");
  expect(document.querySelector("[role=status] a")?.getAttribute("href")).toBe(location.href);
});

test("a page that was quicker stays as it is", () => {
  document.body.innerHTML = '<div id="root"><main>今日</main></div>';
  showOpening("ja", words);
  expect(document.body.textContent).toBe("今日");
});
