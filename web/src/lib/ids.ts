/** `count` random bytes. `crypto.randomUUID` is missing where the page is served without TLS; this is not. */
const randomBytes = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));

function uuidOf(bytes: Uint8Array, version: number): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** A random UUID (version 4): an idempotency key. */
export function randomId(): string {
  return uuidOf(randomBytes(16), 4);
}

/** An id for a new record: a UUID of version 7 (RFC 9562), which ascends with time. */
export function recordId(now: number = Date.now()): string {
  const bytes = randomBytes(16);
  for (let index = 0; index < 6; index += 1) bytes[index] = Math.floor(now / 256 ** (5 - index)) % 256;
  return uuidOf(bytes, 7);
}
