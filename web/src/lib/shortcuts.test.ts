// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addShortcuts, isOccupied, onKeyDown, setShortcuts, shortcutFor, type Shortcut } from "./shortcuts";

const run = vi.fn();
const shortcut = (keys: string): Shortcut => ({ keys, label: keys, group: "screen", run: () => run(keys) });
let remove = () => {};

function press(key: string, more: KeyboardEventInit & { keyCode?: number } = {}, target: Element = document.body): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  if (more.keyCode !== undefined) Object.defineProperty(event, "keyCode", { value: more.keyCode });
  target.dispatchEvent(event);
  return event;
}

beforeEach(() => {
  addEventListener("keydown", onKeyDown);
  remove = addShortcuts(["j", "?", "g t", "t"].map(shortcut));
});

afterEach(() => {
  removeEventListener("keydown", onKeyDown);
  remove();
  setShortcuts(true);
  run.mockReset();
  document.body.replaceChildren();
});

describe("a shortcut", () => {
  it("acts by its key, and the browser does nothing else with it", () => {
    expect(press("j").defaultPrevented).toBe(true);
    press("?", { shiftKey: true });
    expect(run.mock.calls).toEqual([["j"], ["?"]]);
  });

  it("of two keys waits for the second, and lets a wrong second key act by itself", () => {
    press("g");
    press("t");
    press("t");
    press("g");
    press("j");
    expect(run.mock.calls).toEqual([["g t"], ["t"], ["j"]]);
  });

  it("does nothing while an input method composes", () => {
    press("j", { isComposing: true });
    press("j", { keyCode: 229 });
    press("Process", { keyCode: 229 });
    expect(run).not.toHaveBeenCalled();
  });

  it.each(["ctrlKey", "metaKey", "altKey"] as const)("does nothing with %s", (modifier) => {
    expect(press("j", { [modifier]: true }).defaultPrevented).toBe(false);
    expect(run).not.toHaveBeenCalled();
  });

  it("does nothing when it is a capital letter: that is another key", () => {
    press("J", { shiftKey: true });
    expect(run).not.toHaveBeenCalled();
  });

  it.each([
    "<input>", "<input type='search'>", "<textarea></textarea>", "<select></select>", "<div role='combobox' tabindex='0'></div>",
    "<ul role='listbox'><li tabindex='0'></li></ul>", "<div role='menu'><button></button></div>",
  ])("does nothing in %s", (markup) => {
    document.body.innerHTML = markup;
    press("j", {}, document.body.querySelector("input, textarea, select, [tabindex], button") ?? document.body);
    expect(run).not.toHaveBeenCalled();
  });

  it("works on a checkbox, which takes no letters", () => {
    document.body.innerHTML = "<input type='checkbox'>";
    press("j", {}, document.querySelector("input") ?? document.body);
    expect(run).toHaveBeenCalledOnce();
  });

  it("does nothing behind an open dialog", () => {
    document.body.innerHTML = "<dialog open></dialog>";
    expect(isOccupied(document.body)).toBe(true);
    press("j");
    expect(run).not.toHaveBeenCalled();
  });

  it("can be switched off, and on again (WCAG 2.1.4)", () => {
    setShortcuts(false);
    press("j");
    expect(run).not.toHaveBeenCalled();
    setShortcuts(true);
    press("j");
    expect(run).toHaveBeenCalledOnce();
  });

  it("of the screen goes before the same one of the shell", () => {
    const own = vi.fn();
    const away = addShortcuts([{ ...shortcut("j"), run: own }]);
    press("j");
    away();
    press("j");
    expect(own).toHaveBeenCalledOnce();
    expect(run).toHaveBeenCalledOnce();
  });
});

it("a key that begins nothing is nobody's", () => {
  expect(shortcutFor("x", null, [shortcut("g t")])).toBeNull();
  expect(shortcutFor("g", null, [shortcut("g t")])).toBe("begun");
});
