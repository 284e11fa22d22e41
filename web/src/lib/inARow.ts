/**
 * Words in a row, as the language sets them: commas in English, 、 in Japanese and Chinese. Not as a "unit", which Japanese
 * sets with spaces and Chinese with nothing between.
 */
export function inARow(language: string, words: readonly string[]): string {
  return new Intl.ListFormat(language, { type: "conjunction", style: "narrow" }).format(words);
}
