/** Time zones as people look for them: by their place, by what the zone is called, with the distance from UTC. */
export interface Zone {
  /** IANA: `Asia/Tokyo`. */
  name: string;
  /** `UTC+09:00` */
  offset: string;
  minutes: number;
  /** `Japan Time`, in the reader's language. */
  called: string;
}

function part(zone: string, language: string, style: "longOffset" | "longGeneric", now: number): string {
  const format = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: style });
  return format.formatToParts(now).find(({ type }) => type === "timeZoneName")?.value ?? "";
}

/** `GMT+9:30` and its like; bare `GMT` is UTC itself. */
export function minutesOf(offset: string): number {
  const found = /([+-−])(\d{1,2}):?(\d{2})?/.exec(offset);
  if (found === null) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3] ?? 0);
  return found[1] === "+" ? minutes : -minutes;
}

export function offsetText(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? "−" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

export function zoneOf(name: string, language: string, now: number = Date.now()): Zone {
  const minutes = minutesOf(part(name, "en", "longOffset", now));
  return { name, offset: offsetText(minutes), minutes, called: part(name, language, "longGeneric", now) };
}

/** Browsers go on listing some places under names that nobody there uses any more. */
const todaysNames: Record<string, string> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Godthab": "America/Nuuk",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

/** All that the browser knows, from west to east. `also` is there even where the browser has another name for it. */
export function allZones(language: string, also: string, now: number = Date.now()): Zone[] {
  const known = Intl.supportedValuesOf("timeZone").map((name) => todaysNames[name] ?? name);
  const names = new Set([...known, "UTC", also]);
  const zones = [...names].map((name) => zoneOf(name, language, now));
  return zones.sort((a, b) => a.minutes - b.minutes || a.name.localeCompare(b.name));
}

const folded = (text: string): string => text.toLowerCase().replace(/[_/]/g, " ");

/** Whether each word of what was typed stands somewhere in the zone's names or offset. */
export function matches(zone: Zone, typed: string): boolean {
  const text = folded(`${zone.name} ${zone.called} ${zone.offset} ${zone.offset.replace("−", "-")}`);
  return folded(typed).split(/\s+/).every((word) => text.includes(word));
}

/** `Tokyo · Asia`, as a person would say it. */
export function placeOf(name: string): string {
  const [area = "", ...rest] = name.replaceAll("_", " ").split("/");
  return rest.length === 0 ? area : `${rest.reverse().join(", ")} · ${area}`;
}
