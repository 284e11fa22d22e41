/*
 * Turns docs/user/<language>/<topic>.md into what the page's help shows: plain data, a module a language
 * (`virtual:help/en` …), read when somebody opens help. There is no HTML in it. The build fails when a topic
 * is missing in a language, leads nowhere, or uses a form that the page does not show.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { marked } from "marked";

const languages = ["en", "ja", "zh"];
const guide = new URL("../../../docs/user/", import.meta.url);
const prefix = "virtual:help/";

class HelpError extends Error {}

/** Where a link leads in the page: other topics, and nothing outside. */
function addressOf(href, where) {
  const [, topic] = href.match(/^([a-z_]+)\.md$/) ?? [];
  if (topic === undefined) throw new HelpError(`${where}: a link to "${href}": topics link to topics, as [words](today.md)`);
  if (!existsSync(new URL(`en/${topic}.md`, guide))) throw new HelpError(`${where}: there is no topic "${topic}"`);
  return topic;
}

/** The words of a line: texts, and parts that are strong, a key, or a link to another topic. */
function words(tokens, where) {
  return tokens.flatMap((token) => {
    switch (token.type) {
      case "text":
        return token.tokens ? words(token.tokens, where) : [unescaped(token.text)];
      case "escape":
        return [token.text];
      case "strong":
        return [{ strong: words(token.tokens, where) }];
      case "codespan":
        return [{ key: unescaped(token.text) }];
      case "link":
        return [{ topic: addressOf(token.href, where), words: words(token.tokens, where) }];
      default:
        throw new HelpError(`${where}: help does not show "${token.type}": ${token.raw}`);
    }
  });
}

const unescaped = (text) =>
  text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, "&");

/** In the scripts of East Asia a line that goes on does so without a space. */
function joined(line) {
  return line.map((part) =>
    typeof part === "string" ? part.replace(/([^\x00-\x7f])\n(?=[^\x00-\x7f])/g, "$1").replace(/\n/g, " ") : part,
  );
}

function block(token, where) {
  const line = (tokens) => joined(words(tokens, where));
  switch (token.type) {
    case "paragraph":
    case "text":
      return { text: line(token.tokens) };
    case "heading":
      return { heading: line(token.tokens) };
    case "list":
      return { list: token.items.map((item) => blocks(item.tokens, where)), ordered: token.ordered };
    case "table":
      return {
        table: token.rows.map((row) => row.map((cell) => line(cell.tokens))),
        head: token.header.map((cell) => line(cell.tokens)),
      };
    default:
      throw new HelpError(`${where}: help does not show "${token.type}": ${token.raw}`);
  }
}

const blocks = (tokens, where) => tokens.filter((token) => token.type !== "space").map((token) => block(token, where));

/** A topic: its title, the sentence that says what it is about, and the rest. */
export function readTopic(language, topic) {
  const where = `docs/user/${language}/${topic}.md`;
  const [title, summary, ...rest] = marked.lexer(readFileSync(new URL(`${language}/${topic}.md`, guide), "utf8")).filter(
    (token) => token.type !== "space",
  );
  if (title?.type !== "heading" || title.depth !== 1 || summary?.type !== "paragraph") {
    throw new HelpError(`${where}: a topic begins with its title and a sentence that says what it is about`);
  }
  return {
    topic,
    title: title.text,
    summary: joined(words(summary.tokens, where)),
    content: blocks(rest, where),
  };
}

export function topicsOf(language) {
  const files = readdirSync(new URL(`${language}/`, guide)).filter((file) => file.endsWith(".md"));
  return files.map((file) => file.replace(/\.md$/, "")).sort();
}

function compare() {
  const reference = topicsOf("en");
  for (const language of languages) {
    const own = topicsOf(language);
    const missing = reference.filter((topic) => !own.includes(topic));
    const extra = own.filter((topic) => !reference.includes(topic));
    if (missing.length > 0) throw new HelpError(`docs/user/${language}: missing ${missing.join(", ")}`);
    if (extra.length > 0) throw new HelpError(`docs/user/${language}: not in English: ${extra.join(", ")}`);
  }
}

export function help() {
  return {
    name: "ondo-help",
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined;
      const language = id.slice(prefix.length + 1);
      compare();
      const topics = topicsOf(language).map((topic) => {
        this.addWatchFile(fileURLToPath(new URL(`${language}/${topic}.md`, guide)));
        return readTopic(language, topic);
      });
      return `export default ${JSON.stringify(topics)};`;
    },
  };
}
