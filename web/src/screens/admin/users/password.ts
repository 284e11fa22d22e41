/** Passwords to be read out over the telephone once: no letters that look alike, four groups. */
const letters = "abcdefghjkmnpqrstuvwxyz23456789";
const groups = 4;
const groupLength = 5;

export function temporaryPassword(): string {
  const drawn: string[] = [];
  // What would favour some letters over others is drawn again.
  const fair = 256 - (256 % letters.length);
  while (drawn.length < groups * groupLength) {
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) {
      if (byte < fair && drawn.length < groups * groupLength) drawn.push(letters.charAt(byte % letters.length));
    }
  }
  return Array.from({ length: groups }, (_, index) => drawn.slice(index * groupLength, (index + 1) * groupLength).join("")).join("-");
}
