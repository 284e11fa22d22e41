// @vitest-environment jsdom
import { readdirSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import en from "../i18n/en";
import { placeOf } from "./place";
import { targetOf, targets, tourOf, tours } from "./tours";

afterEach(() => {
  document.body.innerHTML = "";
});

const screen = { width: 390, height: 844 };
const card = { width: 360, height: 200 };

test("every role of the business has a tour of its own, of three to five steps", () => {
  const roles = readdirSync("../pharma/roles").map((file) => file.replace(/\.json$/, ""));
  expect(Object.keys(tours).toSorted()).toEqual(roles.toSorted());
  for (const steps of Object.values(tours)) {
    expect(steps.length).toBeGreaterThanOrEqual(3);
    expect(steps.length).toBeLessThanOrEqual(5);
    expect(new Set(steps).size).toBe(steps.length);
  }
});

test("a role that a company has made has a tour, too", () => {
  expect(tourOf("district_nurse").length).toBeGreaterThan(2);
});

test("every step has its title and its text", () => {
  const texts: Record<string, string> = en.tour;
  for (const step of Object.keys(targets)) expect([step, texts[step], texts[`${step}_text`]]).not.toContain(undefined);
});

test("a step points at a part only while it is to be seen", () => {
  document.body.innerHTML = "<main><h1>Today</h1></main>";
  expect(targetOf("welcome")).toBeNull();
  const title = document.querySelector("h1") as HTMLElement;
  title.getBoundingClientRect = () => new DOMRect(0, 0, 100, 20);
  expect(targetOf("welcome")).toBe(title);
  expect(targetOf("team")).toBeNull();
});

test("the card stands below its part, above it where there is no room, and always wholly on the screen", () => {
  expect(placeOf({ left: 16, top: 40, width: 200, height: 40 }, card, screen)).toEqual({ left: 16, top: 92 });
  expect(placeOf({ left: 200, top: 780, width: 60, height: 60 }, card, screen)).toEqual({ left: 18, top: 568 });
  const tall = placeOf({ left: 0, top: 10, width: 390, height: 820 }, card, screen);
  expect(tall.top + card.height).toBeLessThanOrEqual(screen.height);
  expect(placeOf({ left: 0, top: -300, width: 84, height: 1400 }, card, { width: 1440, height: 900 }).left).toBe(96);
});
