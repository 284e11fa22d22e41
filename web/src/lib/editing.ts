/** Whether somebody is in the middle of a form: such a page must not go away by itself. */
const touched = new Set<Element>();

/** A search answers at once and leaves nothing behind that could be lost. */
function isSearch(form: HTMLFormElement): boolean {
  return form.matches("[role=search]") || form.querySelector("input[type=search]") !== null;
}

/** Begins to notice what is typed and chosen in forms. */
export function watchEditing(page: Document): void {
  page.addEventListener("input", ({ target }) => {
    const form = target instanceof Element ? target.closest("form") : null;
    if (form !== null && !isSearch(form)) touched.add(form);
  });
}

/** True while a form in which something was entered is still on the screen. */
export function isEditing(): boolean {
  for (const form of touched) if (!form.isConnected) touched.delete(form);
  return touched.size > 0;
}
