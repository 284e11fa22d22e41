import { expect, test } from "vitest";
import { formatBytes } from "./bytes";

test("a size is said in the unit that people would take", () => {
  expect(formatBytes(0, "en")).toBe("0 bytes");
  expect(formatBytes(1, "en")).toBe("1 byte");
  expect(formatBytes(999, "en")).toBe("999 bytes");
  expect(formatBytes(3_400_000, "en")).toBe("3.4 MB");
  expect(formatBytes(64 * 1024 * 1024, "ja")).toBe("67.1 MB");
});
