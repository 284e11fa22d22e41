// The drawings of the application's icon, all made from public/ondo.svg.
import { readFileSync } from "node:fs";
import { initWasm, Resvg } from "@resvg/resvg-wasm";

const source = new URL("../../public/ondo.svg", import.meta.url);
const renderer = new URL("../../node_modules/@resvg/resvg-wasm/index_bg.wasm", import.meta.url);

/** The plate behind the drawing: its own size, or the whole square where the system cuts its own shape. */
const plate = /<rect [^>]*?fill="(#[0-9a-f]+)"[^>]*?\/>/;

/** A square that systems may cut to any shape: the drawing keeps within the inner four fifths. */
function unshaped(svg) {
  const [whole, colour] = svg.match(plate) ?? [];
  if (whole === undefined) throw new Error("ondo.svg has lost its plate");
  const drawing = svg.slice(svg.indexOf(whole) + whole.length, svg.lastIndexOf("</svg>"));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" fill="${colour}"/>` +
    `<g transform="translate(3.2 3.2) scale(0.8)">${drawing}</g></svg>`
  );
}

export const icons = [
  { file: "icon-192.png", size: 192, purpose: "any" },
  { file: "icon-512.png", size: 512, purpose: "any" },
  { file: "icon-maskable-192.png", size: 192, purpose: "maskable" },
  { file: "icon-maskable-512.png", size: 512, purpose: "maskable" },
  { file: "apple-touch-icon.png", size: 180, purpose: "apple" },
];

/** The bytes of each icon, by file name. */
export async function drawIcons() {
  await initWasm(readFileSync(renderer));
  const svg = readFileSync(source, "utf8");
  return icons.map(({ file, size, purpose }) => {
    const drawing = purpose === "any" ? svg : unshaped(svg);
    const image = new Resvg(drawing, { fitTo: { mode: "width", value: size } }).render();
    return { file, bytes: image.asPng() };
  });
}
