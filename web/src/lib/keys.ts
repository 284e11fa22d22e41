/** Keys as they stand on the person's keyboard. */
const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

const names: Record<string, string> = { ArrowUp: "↑", ArrowDown: "↓", Enter: "↵", Escape: "Esc" };

/** How a key is written: `Mod` is the one that this machine gives commands with. */
export function keyName(key: string): string {
  if (key === "Mod") return isApple() ? "⌘" : "Ctrl";
  return names[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}
