/** Finds topics by words in any script: width and case, and hiragana or katakana, make no difference. */
import { linesOf, plain, type Topic } from "./topic";

export interface FoundTopic {
  topic: Topic;
  /** The line in which it was found, or the topic's own sentence. */
  line: string;
}

function folded(text: string): string {
  const hiragana = (letter: string) => String.fromCharCode(letter.charCodeAt(0) - 0x60);
  return text.normalize("NFKC").toLowerCase().replace(/[\u30a1-\u30f6]/g, hiragana);
}

const weights = { title: 8, summary: 4, line: 1 };

/** Every word must stand somewhere in the topic; what stands in its title counts most. */
export function findTopics(topics: Topic[], asked: string): FoundTopic[] {
  const wanted = folded(asked).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  return topics
    .map((topic) => judged(topic, wanted))
    .filter((found) => found.worth > 0)
    .sort((a, b) => b.worth - a.worth)
    .map(({ topic, line }) => ({ topic, line }));
}

function judged(topic: Topic, wanted: string[]): FoundTopic & { worth: number } {
  const summary = plain(topic.summary);
  const lines = topic.content.flatMap(linesOf);
  const worths = wanted.map((word) => {
    const inTitle = folded(topic.title).includes(word) ? weights.title : 0;
    const inSummary = folded(summary).includes(word) ? weights.summary : 0;
    return inTitle + inSummary + (lines.some((line) => folded(line).includes(word)) ? weights.line : 0);
  });
  const worth = worths.includes(0) ? 0 : worths.reduce((sum, one) => sum + one, 0);
  const line = lines.find((one) => wanted.every((word) => folded(one).includes(word)));
  return { topic, worth, line: line ?? summary };
}
