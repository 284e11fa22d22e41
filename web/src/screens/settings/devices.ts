/** What a browser says of itself, in two words that its owner recognises. */
export interface Device {
  browser: string;
  system: string;
}

// The first that fits: browsers name those that they descend from as well.
const browsers: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, "Edge"],
  [/OPR\/|Opera/, "Opera"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\/|Chromium\//, "Chrome"],
  [/Version\/.*Safari\//, "Safari"],
];

const systems: [RegExp, string][] = [
  [/iPhone|iPod/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Macintosh|Mac OS X/, "Mac"],
  [/CrOS/, "ChromeOS"],
  [/Linux|X11/, "Linux"],
];

const first = (list: [RegExp, string][], text: string): string | undefined => list.find(([sign]) => sign.test(text))?.[1];

/** Null for a program that is no browser we know. */
export function deviceOf(userAgent: string | null): Device | null {
  if (userAgent === null) return null;
  const browser = first(browsers, userAgent);
  const system = first(systems, userAgent);
  return browser === undefined || system === undefined ? null : { browser, system };
}
