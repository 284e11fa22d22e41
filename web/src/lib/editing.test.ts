// @vitest-environment jsdom
import { expect, test } from "vitest";
import { isEditing, watchEditing } from "./editing";

function enter(html: string): Element {
  const place = document.createElement("div");
  place.innerHTML = html;
  document.body.append(place);
  place.querySelector("input")?.dispatchEvent(new Event("input", { bubbles: true }));
  return place;
}

watchEditing(document);

test("a form in which something was entered is being edited until it is gone", () => {
  expect(isEditing()).toBe(false);
  const form = enter("<form><input></form>");
  expect(isEditing()).toBe(true);
  form.remove();
  expect(isEditing()).toBe(false);
});

test("a search, and what stands in no form, can be left at any time", () => {
  enter("<form role=search><input></form>");
  enter("<form><input type=search></form>");
  enter("<label><input type=checkbox></label>");
  expect(isEditing()).toBe(false);
});
