// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { QueryClient } from "@tanstack/react-query";
import { makeRouter } from "../app/router";
import { languages } from "../i18n";
import { GuideText } from "./GuideText";
import { topicNames, topicOf } from "./places";
import { findTopics } from "./search";
import { guideQuery, linesOf, plain, type Topic } from "./topic";

const guide = (language: (typeof languages)[number]) => (guideQuery(language).queryFn as () => Promise<Topic[]>)();

test("the guide has the same topics in every language, and the table names each once", async () => {
  for (const language of languages) {
    const found = (await guide(language)).map(({ topic }) => topic);
    expect(found.toSorted()).toEqual([...topicNames].toSorted());
  }
});

test("the topics that screens open are in the guide", () => {
  for (const topic of Object.values(topicOf)) expect(topicNames).toContain(topic);
});

test("every screen opens a topic", () => {
  const screens = Object.values(makeRouter(new QueryClient()).routesById)
    .map((route) => (route as { fullPath?: string }).fullPath ?? "/")
    .map((path) => path.replace(/(.)\/$/, "$1"));
  for (const screen of new Set(screens)) expect([screen, topicOf[screen]]).not.toContain(undefined);
});

test("a topic has as many parts in every language, so that nothing is told to some alone", async () => {
  const shape = (topic: Topic) => topic.content.filter((block) => "heading" in block || "table" in block).length;
  const english = new Map((await guide("en")).map((topic) => [topic.topic, shape(topic)]));
  for (const language of languages) {
    for (const topic of await guide(language)) expect([topic.topic, shape(topic)]).toEqual([topic.topic, english.get(topic.topic)]);
  }
});

test("no sign of the notation is left in what people read", async () => {
  for (const language of languages) {
    for (const topic of await guide(language)) {
      const lines = [topic.title, plain(topic.summary), ...topic.content.flatMap(linesOf)];
      for (const line of lines) expect(line).not.toMatch(/\*\*|\]\(|^#|&amp;|<\w/);
    }
  }
});

test("topics are found in any width, case and kana; what stands in the title comes first", async () => {
  const [english, japanese, chinese] = [await guide("en"), await guide("ja"), await guide("zh")];
  expect(findTopics(english, "RECORD a visit")[0]?.topic.topic).toBe("visit");
  expect(findTopics(japanese, "さいんいん").map(({ topic }) => topic.topic)).toContain("start");
  expect(findTopics(japanese, "ｏｎｄｏ").length).toBeGreaterThan(1);
  expect(findTopics(chinese, "客户")[0]?.topic.topic).toBe("customers");
  expect(findTopics(english, "zebra")).toEqual([]);
  expect(findTopics(english, "  ")).toEqual([]);
});

test("what was found shows the line in which all words stand", async () => {
  const [found] = findTopics(await guide("en"), "safari share");
  expect(found?.line).toMatch(/Safari.*share/);
});

test("lists, tables, strong words, keys and links are shown as such", () => {
  const content = [
    { list: [[{ text: ["Press ", { key: "j" }, { strong: [" twice"] }] }]], ordered: true },
    { head: [["Part"]], table: [[[{ topic: "today", words: ["Today"] }]]] },
  ];
  render(<GuideText content={content} link={(topic, words) => <a href={`/help/${topic}`}>{words}</a>} />);
  expect(screen.getByRole("listitem").textContent).toBe("Press j twice");
  expect(screen.getByText("j").tagName).toBe("KBD");
  expect(screen.getByRole("columnheader").textContent).toBe("Part");
  expect(screen.getByRole("link", { name: "Today" }).getAttribute("href")).toBe("/help/today");
});
