import { Fragment, type ReactNode } from "react";
import type { Block, Words } from "./topic";
import styles from "./GuideText.module.css";

/** How a reader goes from one topic to another: by address on a page of its own, in place inside a panel. */
export type TopicLink = (topic: string, words: ReactNode) => ReactNode;

/** The content of a topic. */
export function GuideText({ content, link }: { content: Block[]; link: TopicLink }) {
  return (
    <div className={styles.guide}>
      {content.map((block, index) => (
        <GuideBlock key={index} block={block} link={link} />
      ))}
    </div>
  );
}

function GuideBlock({ block, link }: { block: Block; link: TopicLink }) {
  if ("heading" in block) return <h2>{<GuideLine words={block.heading} link={link} />}</h2>;
  if ("text" in block) return <p>{<GuideLine words={block.text} link={link} />}</p>;
  if ("list" in block) return <GuideList block={block} link={link} />;
  return <GuideTable block={block} link={link} />;
}

function GuideList({ block, link }: { block: Extract<Block, { list: Block[][] }>; link: TopicLink }) {
  const items = block.list.map((item, index) => (
    <li key={index}>
      {item.map((part, place) =>
        "text" in part ? (
          <GuideLine key={place} words={part.text} link={link} />
        ) : (
          <GuideBlock key={place} block={part} link={link} />
        ),
      )}
    </li>
  ));
  return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
}

/** What it is called, and what it is: two columns, which a narrow screen sets one below the other. */
function GuideTable({ block, link }: { block: Extract<Block, { table: Words[][][] }>; link: TopicLink }) {
  return (
    <table>
      <thead>
        <tr>
          {block.head.map((cell, index) => (
            <th key={index} scope="col">
              <GuideLine words={cell} link={link} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {block.table.map((row, index) => (
          <tr key={index}>
            {row.map((cell, place) => (
              <td key={place}>
                <GuideLine words={cell} link={link} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function GuideLine({ words, link }: { words: Words[]; link: TopicLink }) {
  return words.map((part, index) => {
    if (typeof part === "string") return part;
    if ("strong" in part) {
      return (
        <strong key={index}>
          <GuideLine words={part.strong} link={link} />
        </strong>
      );
    }
    if ("key" in part) return <kbd key={index}>{part.key}</kbd>;
    return <Fragment key={index}>{link(part.topic, <GuideLine words={part.words} link={link} />)}</Fragment>;
  });
}
