// Table files for the tests of import and export: made in any encoding, and read again.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withQuery } from './client.mjs';

/** The text as bytes of an encoding that iconv knows. */
export const encode = (text, encoding) => execFileSync('iconv', ['-f', 'UTF-8', '-t', encoding], { input: text, maxBuffer: 1 << 26 });

const quoted = (cell) => (/["\r\n,]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Rows of cells as CSV. */
export const csv = (rows) => rows.map((row) => `${row.map((cell) => quoted(String(cell ?? ''))).join(',')}\r\n`).join('');

/** CSV as rows of cells, by RFC 4180 to the letter: a stray quote throws. */
export function parseCsv(text) {
  const rows = [];
  let row = [];
  let at = 0;
  const cell = /"((?:[^"]|"")*)"|([^",\r\n]*)/y;
  while (at < text.length) {
    cell.lastIndex = at;
    const [all, inside, plain] = cell.exec(text);
    row.push(inside === undefined ? plain : inside.replaceAll('""', '"'));
    at += all.length;
    if (text[at] === ',') {
      at += 1;
    } else if (text.startsWith('\r\n', at)) {
      rows.push(row);
      row = [];
      at += 2;
    } else {
      throw new Error(`not CSV at ${at}: ${text.slice(Math.max(0, at - 40), at + 40)}`);
    }
  }
  return rows;
}

/** An answer's bytes as they came, the byte order mark included: {status, headers, bytes}. */
export async function download(service, login, path, parameters) {
  const response = await fetch(service.origin + withQuery(path, parameters), { headers: { authorization: `Bearer ${service.users[login].token}` } });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plainText = (xml) => xml.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (_, hex, number, name) => {
  if (name) return ENTITIES[name];
  return String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(number));
});

/** What a spreadsheet program finds in an XLSX file: {sheet, xml, rows}; a cell is a text, a number or null. */
export function readXlsx(bytes) {
  const file = join(tmpdir(), `ondo-table-${randomBytes(6).toString('hex')}.xlsx`);
  writeFileSync(file, bytes);
  try {
    const part = (name) => execFileSync('unzip', ['-p', file, name], { encoding: 'utf8', maxBuffer: 1 << 26 });
    execFileSync('unzip', ['-tq', file]);
    const xml = part('xl/worksheets/sheet1.xml');
    const names = [...part('xl/workbook.xml').matchAll(/<sheet name="([^"]*)"/g)].map(([, name]) => plainText(name));
    const rowsOf = (text) => [...text.matchAll(/<row [^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(([, row = '']) => readRow(row));
    const sheets = names.map((name, index) => ({ name, rows: rowsOf(part(`xl/worksheets/sheet${index + 1}.xml`)) }));
    return { sheet: names[0], xml, rows: sheets[0].rows, sheets };
  } finally {
    rmSync(file);
  }
}

function readRow(xml) {
  const cells = [];
  for (const [, letters, attributes, content] of xml.matchAll(/<c r="([A-Z]+)\d+"([^>]*)>(.*?)<\/c>/gs)) {
    const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    while (cells.length < column) cells.push(null);
    const text = /<t[^>]*>(.*?)<\/t>/s.exec(content);
    cells.push(attributes.includes('inlineStr') ? plainText(text?.[1] ?? '') : Number(/<v>(.*?)<\/v>/.exec(content)[1]));
  }
  return cells;
}
