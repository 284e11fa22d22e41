// Files in: what they are, which column goes where, a dry run that tells the truth, bad rows that come back, and undo.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'node:test';
import { codesOf, withQuery } from './client.mjs';
import { startService } from './harness.mjs';
import { csv, encode, parseCsv } from './tables.mjs';

const service = await startService();
const admin = service.as('admin');
const manager = service.as('manager1');
const CSV = { 'content-type': 'text/csv' };
const EXIT = { done: 0, usage: 2, missing: 3, refused: 4, partial: 6 };
const UNKNOWN = '01900000-0000-7000-8000-000000000000';

const importPath = (object, parameters) => withQuery(`/api/v1/import/${object}`, parameters);
const checkPath = (object, parameters) => withQuery(`/api/v1/import/${object}/check`, parameters);
const check = async (client, object, raw, parameters) => (await client.expect(200, 'POST', checkPath(object, parameters), { raw, headers: CSV })).body;
const refuseCheck = (client, status, object, raw, parameters) => client.refused(status, 'POST', checkPath(object, parameters), { raw, headers: CSV });

/** Imports a file and waits for its end; `seen` collects the states on the way. */
async function bring(client, object, raw, parameters, { headers = {}, seen = [] } = {}) {
  const answer = await client.send('POST', importPath(object, parameters), { raw, headers: { ...CSV, ...headers } });
  assert.ok([200, 202].includes(answer.status), answer.text);
  return finish(client, answer, seen);
}

async function finish(client, answer, seen = []) {
  let { body } = answer;
  seen.push({ http: answer.status, status: body.status, rows: body.counts.rows });
  while (['running', 'undoing'].includes(body.status)) {
    await pause(50);
    body = await client.read(`/api/v1/import/${body.id}`);
    seen.push({ http: 200, status: body.status, rows: body.counts.rows });
  }
  return body;
}

const undo = async (client, id, headers) => finish(client, await client.post(`/api/v1/import/${id}/undo`, undefined, headers));
const countsOf = ({ counts: { rows, created, updated, unchanged, skipped, failed } }) => ({ rows, created, updated, unchanged, skipped, failed });
const counts = (rows, others) => ({ rows, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0, ...others });
const byCode = async (code) => (await admin.all('hco', { facility_code: code }))[0];
const rejectedOf = async (client, { id }) => (await client.expect(200, 'GET', `/api/v1/import/${id}/rejected`)).text;

const HEADINGS = ['医療機関コード', '医療機関名', '郵便番号', '種別'];
const HOSPITALS = [HEADINGS, ['1310000001', '東京第一病院', '100-0001', '一般病院'], ['1310000002', '京都中央医院', '600-8001', 'クリニック'], ['1310000003', '横浜薬局', '220-0011', '薬局']];
const CHINESE = [['机构代码', '机构名称', '城市', '类型'], ['C1', '北京协和医院', '北京市', '综合医院'], ['C2', '上海第一人民医院', '上海市', '综合医院'], ['C3', '广州药房', '广州市', '药房']];
const TAIWANESE = [['facility_code', 'name', 'city'], ['T1', '臺灣大學附設醫院', '臺北市中正區'], ['T2', '高雄榮民總醫院', '高雄市左營區'], ['T3', '馬偕紀念醫院', '臺北市中山區']];

// ---- What a file is ----

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const FORMS = [
  ['UTF-8', HOSPITALS, (text) => Buffer.from(text)],
  ['UTF-8', HOSPITALS, (text) => Buffer.concat([MARK, Buffer.from(text)]), 'with a mark'],
  ['UTF-16LE', HOSPITALS, (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), encode(text, 'UTF-16LE')]), 'with a mark'],
  ['Shift_JIS', HOSPITALS, (text) => encode(text, 'CP932')],
  ['EUC-JP', HOSPITALS, (text) => encode(text, 'EUC-JP')],
  ['GB18030', CHINESE, (text) => encode(text, 'GB18030')],
  ['Big5', TAIWANESE, (text) => encode(text, 'BIG5')],
];

for (const [encoding, rows, make, what = ''] of FORMS) {
  test(`${encoding} ${what}: found out, shown in samples, and imported as it was meant`, async () => {
    const bytes = make(csv(rows));
    const found = await check(admin, 'hco', bytes);
    assert.equal(found.encoding, encoding);
    assert.equal(found.header, true);
    assert.equal(found.delimiter, ',');
    assert.ok(found.confidence > 0 && found.confidence <= 100);
    assert.deepEqual(found.columns.map((column) => column.heading), rows[0]);
    assert.deepEqual(found.columns.map((column) => column.samples), rows[0].map((_, index) => rows.slice(1).map((row) => row[index])));
    assert.equal(found.map.columns.length, rows[0].length, 'every heading is understood');
    const done = await bring(admin, 'hco', bytes, { map: found.map });
    assert.equal(done.counts.failed, 0);
    for (const [code, name] of rows.slice(1)) assert.equal((await byCode(code)).name, name);
    assert.equal((await undo(admin, done.id)).status, 'undone');
  });
}

test('an encoding, a delimiter or a header that was guessed wrong can be overruled', async () => {
  const bytes = encode(csv(HOSPITALS), 'CP932');
  const wrong = await check(admin, 'hco', bytes, { encoding: 'big5', delimiter: 'tab', header: 'false' });
  assert.deepEqual([wrong.encoding, wrong.delimiter, wrong.header, wrong.columns.length], ['Big5', 'tab', false, 1]);
  assert.equal(wrong.columns[0].heading, null);
  const right = await check(admin, 'hco', bytes, { encoding: 'cp932', delimiter: ',', header: 'true' });
  assert.deepEqual([right.encoding, right.confidence, right.header, right.columns[1].heading], ['Shift_JIS', 100, true, '医療機関名']);
  const problem = await refuseCheck(admin, 422, 'hco', bytes, { encoding: 'klingon', delimiter: 'x' });
  assert.deepEqual(codesOf(problem), { '/encoding': 'import_encoding_unknown', '/delimiter': 'import_delimiter_unknown' });
  assert.deepEqual(codesOf(await refuseCheck(admin, 422, 'hco', bytes, { header: 'maybe' })), { '/header': 'not_boolean' });
});

for (const [delimiter, name] of [['\t', 'tab'], [';', ';'], ['|', '|']]) {
  test(`columns divided by ${name}; a file without headings is known for one`, async () => {
    const text = HOSPITALS.slice(1).map((row) => row.join(delimiter)).join('\n');
    const found = await check(admin, 'hco', text);
    assert.deepEqual([found.delimiter, found.header, found.columns.length], [name, false, 4]);
    assert.deepEqual(found.map.columns, [], 'nothing to propose a map by');
    const map = { header: false, key: ['facility_code'], columns: [{ from: 1, to: 'facility_code' }, { from: 2, to: 'name' }] };
    const told = await check(admin, 'hco', text, { map });
    assert.deepEqual(countsOf(told), counts(3, { created: 3 }));
    assert.deepEqual(codesOf(await refuseCheck(admin, 422, 'hco', text, { map: { ...map, columns: [{ from: '医療機関コード', to: 'facility_code' }] } })),
      { '/columns/0/from': 'import_unknown_column' });
  });
}

test('what is no table at all is refused, and says so', async () => {
  for (const [raw, code] of [['', 'import_no_rows'], ['\r\n \r\n\n', 'import_no_rows'], [',,,\r\n', 'import_no_rows'], [MARK, 'import_no_rows'],
    ['PK\x03\x04 a workbook', 'import_not_text'], ['%PDF-1.7', 'import_not_text']]) {
    const problem = await refuseCheck(admin, 422, 'hco', raw);
    assert.equal(problem.errors[0]?.code, code, JSON.stringify(String(raw)));
    assert.ok(problem.errors[0].message.length > 10);
    await admin.refused(422, 'POST', importPath('hco'), { raw, headers: CSV });
  }
});

test('headings alone: nothing to do, and it is done', async () => {
  const found = await check(admin, 'hco', csv([HEADINGS]));
  assert.deepEqual([found.header, found.columns.map((column) => column.samples)], [true, [[], [], [], []]]);
  assert.deepEqual(countsOf(await check(admin, 'hco', csv([HEADINGS]), { map: found.map })), counts(0));
  const done = await bring(admin, 'hco', csv([HEADINGS]), { map: found.map });
  assert.deepEqual([done.status, countsOf(done), done.rejected], ['done', counts(0), null]);
  assert.equal((await undo(admin, done.id)).status, 'undone');
});

// ---- Which column goes where ----

test('Japanese headings are understood, in any width; the next file of that kind gets the map that was settled', async () => {
  const rows = [['郵便番号', '医療機関名', '電話番号', 'ＮＰＩ（米国）', '未知の列'], ['１００', '地図病院', '03-1234-5678', '', 'x']];
  const proposed = await check(manager, 'hco', csv(rows));
  assert.equal(proposed.map_from, 'headings');
  assert.deepEqual(proposed.map.columns.map((column) => [column.from, column.to]),
    [['郵便番号', 'postal_code'], ['医療機関名', 'name'], ['電話番号', 'phone'], ['ＮＰＩ（米国）', 'npi']]);
  assert.deepEqual(proposed.map.key, ['npi']);
  const settled = { ...proposed.map, key: [], columns: [{ from: '郵便番号', to: 'postal_code', transform: ['width'] }, { from: '医療機関名', to: 'name' }, { from: '未知の列', to: 'city', empty: 'clear' }] };
  const done = await bring(manager, 'hco', csv(rows), { map: settled, file_name: '病院.csv' });
  assert.deepEqual(countsOf(done), counts(1, { created: 1 }));
  assert.equal(done.file_name, '病院.csv');
  const [made] = await admin.all('hco', { name: '地図病院' });
  assert.deepEqual([made.postal_code, made.city], ['100', 'x'], 'the transform was applied');
  const later = await check(manager, 'hco', csv([rows[0], ['2', '別の病院', '', '', '']]));
  assert.equal(later.map_from, 'earlier');
  assert.deepEqual(later.map, { ...settled, header: true });
  assert.equal((await check(manager, 'hco', csv([['郵便番号', '医療機関名'], ['2', '別']]))).map_from, 'headings', 'other columns, another kind of file');
});

const COLUMNS = [{ from: '医療機関コード', to: 'facility_code' }, { from: '医療機関名', to: 'name' }];
const BAD_MAPS = [
  [{ columns: 'all' }, { '': 'import_map' }],
  [{ columns: COLUMNS, key: 'facility_code' }, { '': 'import_map' }],
  [{ columns: [] }, { '/columns': 'import_no_columns' }],
  [{ columns: [{ from: '医療機関コード', to: 'nothing' }] }, { '/columns/0/to': 'import_unknown_target' }],
  [{ columns: [{ from: '医療機関コード', to: 'temperature' }] }, { '/columns/0/to': 'import_unknown_target' }],
  [{ columns: [{ from: '医療機関コード', to: 'id' }] }, { '/columns/0/to': 'import_unknown_target' }],
  [{ columns: [{ from: '医療機関コード', to: 'owner.name' }] }, { '/columns/0/to': 'import_unknown_target' }],
  [{ columns: [{ from: '医療機関コード', to: 'name.facility_code' }] }, { '/columns/0/to': 'import_unknown_target' }],
  [{ columns: [COLUMNS[0], { from: '種別', to: 'facility_code' }] }, { '/columns/1/to': 'import_repeated_target' }],
  [{ columns: [{ from: 0, to: 'name' }] }, { '/columns/0/from': 'import_unknown_column' }],
  [{ columns: [{ from: 99, to: 'name' }] }, { '/columns/0/from': 'import_unknown_column' }],
  [{ columns: [{ from: '無い列', to: 'name' }] }, { '/columns/0/from': 'import_unknown_column' }],
  [{ columns: [{ ...COLUMNS[1], transform: ['magic'] }] }, { '/columns/0/transform': 'import_unknown_transform' }],
  [{ columns: [{ ...COLUMNS[1], transform: 'width' }] }, { '/columns/0/transform': 'import_unknown_transform' }],
  [{ columns: COLUMNS, key: ['name'] }, { '/key': 'import_key_unknown' }],
  [{ columns: COLUMNS, key: ['npi'] }, { '/key': 'import_key_unknown' }],
  [{ columns: COLUMNS, key: [7] }, { '/key': 'import_key_unknown' }],
];

test('a wrong map is refused with every error at its place, and nothing is imported', async () => {
  const before = (await admin.read('/api/v1/import')).items.length;
  for (const [map, expected] of BAD_MAPS) {
    for (const path of [checkPath, importPath]) {
      const problem = await admin.refused(422, 'POST', path('hco', { map }), { raw: csv(HOSPITALS), headers: CSV });
      assert.deepEqual(codesOf(problem), expected, JSON.stringify(map));
    }
  }
  await refuseCheck(admin, 400, 'hco', csv(HOSPITALS), { map: '{"columns":' });
  for (const map of ['5', '[]', 'null', '"x"']) assert.ok([400, 422].includes((await admin.send('POST', checkPath('hco', { map }), { raw: 'a', headers: CSV })).status), map);
  assert.equal((await admin.read('/api/v1/import')).items.length, before);
});

// ---- A dry run, the run, and what comes back ----

const DIRTY = [
  HEADINGS, ['D1', '良い病院', '100-0001', '一般病院'], ['D2', '悪い病院', '100-0002', '城'], ['D1', '重複病院', '100-0003', 'クリニック'],
  ['', '番号なし', '100-0004', 'クリニック'], ['D3', '', '100-0005', 'クリニック'], ['D4', '病院,"引用"\r\n二行', '100-0006', '大学病院'], ['D5', '多い', '1', '薬局', '余分'],
];

test('a dry run counts what the run then does, and leaves no trace', async () => {
  const parameters = { map: { columns: [...COLUMNS, { from: '郵便番号', to: 'postal_code' }, { from: '種別', to: 'kind' }] } };
  const imports = (await admin.read('/api/v1/import')).items.length;
  const told = await check(manager, 'hco', csv(DIRTY), parameters);
  assert.deepEqual(countsOf(told), counts(7, { created: 2, skipped: 1, failed: 4 }));
  assert.equal(await byCode('D1'), undefined);
  assert.equal((await admin.read('/api/v1/import')).items.length, imports);
  const done = await bring(manager, 'hco', csv(DIRTY), parameters);
  assert.deepEqual(countsOf(done), countsOf(told));
  assert.deepEqual(done.report.examples, told.examples);
  assert.deepEqual(told.examples.map((example) => example.line), [3, 4, 5, 6, 9], 'lines of the file, a cell of two lines counted as such');
  assert.equal((await byCode('D1')).name, '良い病院');
  assert.equal((await byCode('D4')).name.replaceAll(/\s+/g, ' '), '病院,"引用" 二行');
  const again = await bring(manager, 'hco', csv(DIRTY), parameters);
  assert.deepEqual(countsOf(again), counts(7, { unchanged: 2, skipped: 1, failed: 4 }));
  assert.equal((await byCode('D1')).version, 1);

  const text = await rejectedOf(manager, done);
  const rows = parseCsv(text);
  assert.deepEqual(rows[0].slice(0, 4), HEADINGS);
  assert.deepEqual(rows.slice(1).map((row) => row.slice(0, 4)), [DIRTY[2], DIRTY[3], DIRTY[4], DIRTY[5], DIRTY[7].slice(0, 4)]);
  const reasons = rows.slice(1).map((row) => row.at(-1));
  assert.match(reasons[0], /^種別：.*城/);
  assert.match(reasons[1], /2行目/);
  assert.match(reasons[2], /^医療機関コード：/);
  assert.match(reasons[3], /^医療機関名：/);
  assert.match(reasons[4], /5.*4/);

  const mended = csv(rows.slice(0, 5).map(([code, name, ...others]) => [code || 'D6', name || '直した病院', ...others.map((cell) => (cell === '城' ? '薬局' : cell))]).filter((row) => row[1] !== '重複病院'));
  const repaired = await bring(manager, 'hco', mended, parameters);
  assert.deepEqual(countsOf(repaired), counts(3, { created: 3 }));
  assert.equal((await byCode('D2')).kind, 'pharmacy');
  assert.equal((await byCode('D3')).name, '直した病院');
  await manager.refused(404, 'GET', `/api/v1/import/${repaired.id}/rejected`);
});

test('reasons are in the language of the reader, whatever the language of the file', async () => {
  const rows = csv([['机构代码', '机构名称', '类型'], ['L1', 'x', '城堡']]);
  for (const [lang, pattern] of [['en', /not one of the choices/], ['ja', /選/], ['zh', /选/]]) {
    await admin.expect(200, 'PATCH', '/api/v1/me', { body: { lang } });
    const told = await check(admin, 'hco', rows, { map: (await check(admin, 'hco', rows)).map });
    assert.match(told.examples[0].reasons, /^类型/);
    assert.match(told.examples[0].reasons, pattern);
  }
  await admin.expect(200, 'PATCH', '/api/v1/me', { body: { lang: 'en' } });
});

test('an empty cell leaves its field alone, unless the map says that it clears it', async () => {
  const { id } = await admin.create('hco', { facility_code: 'E1', name: '空', city: '京都', postal_code: '600' });
  const file = csv([['code', 'city', 'postal'], ['E1', '', '']]);
  const map = { columns: [{ from: 'code', to: 'facility_code' }, { from: 'city', to: 'city' }, { from: 'postal', to: 'postal_code', empty: 'clear' }] };
  assert.deepEqual(countsOf(await bring(admin, 'hco', file, { map })), counts(1, { updated: 1 }));
  const { city, postal_code: postal, name } = await admin.read(`/api/v1/hco/${id}`);
  assert.deepEqual([city, postal, name], ['京都', null, '空']);
});

test('references are looked up by a unique field; what is not there is said in the reader’s language', async () => {
  const hco = await admin.create('hco', { facility_code: 'R-100', name: '照会病院' });
  const rows = [['医籍番号', '姓', '所属医療機関', '担当MR'], ['K-1', '佐藤', 'R-100', 'mr1'], ['K-2', '鈴木', 'R-999', 'mr1'], ['K-3', '高橋', '', 'mr3']];
  const map = { key: ['registration_number'], columns: [{ from: 1, to: 'registration_number' }, { from: '姓', to: 'family_name' }, { from: 3, to: 'primary_hco.facility_code' }, { from: 4, to: 'owner.login' }] };
  assert.deepEqual((await check(manager, 'hcp', csv(rows))).map.columns.map((column) => column.to), ['family_name', 'primary_hco.facility_code', 'owner.login']);
  const done = await bring(manager, 'hcp', csv(rows), { map });
  assert.deepEqual(countsOf(done), counts(3, { created: 1, failed: 2 }));
  const [doctor] = await admin.all('hcp', { registration_number: 'K-1' });
  assert.deepEqual([doctor.primary_hco, doctor.owner], [hco.id, service.user('mr1')]);
  assert.match(done.report.examples[0].reasons, /所属医療機関：.*医療機関.*R-999/);
  assert.equal((await admin.all('hcp', { registration_number: 'K-3' })).length, 0, 'another team’s doctor is out of a manager’s reach');
});

test('rows of one file may refer to each other', async () => {
  const rows = [['code', 'name', 'parent'], ['P-1', '大学病院', ''], ['P-2', '附属病院', 'P-1'], ['P-3', '病棟', 'P-2']];
  const map = { columns: [{ from: 'code', to: 'facility_code' }, { from: 'name', to: 'name' }, { from: 'parent', to: 'parent.facility_code' }] };
  assert.deepEqual(countsOf(await check(admin, 'hco', csv(rows), { map })), counts(3, { created: 3 }));
  const done = await bring(admin, 'hco', csv(rows), { map });
  assert.equal((await byCode('P-3')).parent, (await byCode('P-2')).id);
  assert.deepEqual((await undo(admin, done.id)).report.undo, { removed: 3, reverted: 0, changed_since: 0, refused: 0, left: [] });
});

// ---- Hostile files ----

const NAMED = { columns: [{ from: 'code', to: 'facility_code' }, { from: 'name', to: 'name' }] };
const HOSTILE = [
  ['an open quote costs its own row', 'code,name\nH1,fine\nH2,"open\nH3,swallowed\n', { rows: 2, created: 1, failed: 1 }, ['H1']],
  ['a quote in the middle of a cell', 'code,name\nH4,say "hello"\nH5,next\n', { rows: 2, created: 2 }, ['H4', 'H5']],
  ['a NUL byte', 'code,name\nH6,plain name\nH7,a\0b\nH8,after\n', { rows: 3, created: 2, failed: 1 }, ['H6', 'H8']],
  ['a megabyte in a cell', `code,name\nH9,${'長'.repeat(350_000)}\nH10,after\n`, { rows: 2, created: 1, failed: 1 }, ['H10']],
  ['a row of five megabytes', `code,name\nH11,${'x'.repeat(5 << 20)}\nH12,after\n`, { rows: 2, created: 1, failed: 1 }, ['H12']],
  ['ten thousand cells in a row', `code,name\nH13,x${',y'.repeat(10_000)}\nH14,after\n`, { rows: 2, created: 1, failed: 1 }, ['H14']],
  ['bytes that are not UTF-8', Buffer.concat([Buffer.from('code,name\nH15,正しい名前と正しい文字列\nH16,'), Buffer.from([0xff, 0x41, 0x0a]), Buffer.from('H17,後の行はまた正しい\n')]), { rows: 3, created: 2, failed: 1 }, ['H15', 'H17']],
];

for (const [what, raw, expected, codes] of HOSTILE) {
  test(`${what}: foretold, and harming no other row`, async () => {
    const { rows, ...others } = expected;
    assert.deepEqual(countsOf(await check(admin, 'hco', raw, { map: NAMED, encoding: 'utf-8' })), counts(rows, others));
    const done = await bring(admin, 'hco', raw, { map: NAMED, encoding: 'utf-8' });
    assert.deepEqual(countsOf(done), counts(rows, others));
    for (const code of codes) assert.ok(await byCode(code), code);
    if (others.failed) assert.equal(parseCsv(await rejectedOf(admin, done)).length, 1 + others.failed);
  });
}

// ---- Undo ----

test('undo takes back what the import made and changed, and leaves what people did since', async () => {
  const before = {};
  for (const code of ['U1', 'U2', 'U3']) before[code] = await admin.create('hco', { facility_code: code, name: `旧${code}`, city: '旧市' });
  const file = csv([['code', 'name', 'city'], ...['U1', 'U2', 'U3', 'U4', 'U5'].map((code) => [code, `新${code}`, '新市'])]);
  const map = { columns: [...NAMED.columns, { from: 'city', to: 'city' }] };
  const done = await bring(manager, 'hco', file, { map }, { headers: { 'x-reason': 'spring list' } });
  assert.deepEqual(countsOf(done), counts(5, { created: 2, updated: 3 }));
  await admin.change('hco', before.U2.id, { name: '人の手' });
  await admin.change('hco', before.U3.id, { postal_code: '1' });
  const kept = await byCode('U5');
  await admin.change('hco', kept.id, { city: '人の市' });
  const gone = await byCode('U4');

  const undone = await undo(manager, done.id, { 'x-reason': 'wrong list' });
  assert.equal(undone.status, 'undone');
  assert.ok(undone.undone_at);
  const { left, ...figures } = undone.report.undo;
  assert.deepEqual(figures, { removed: 1, reverted: 2, changed_since: 2, refused: 0 }, 'whoever imported, takes back');
  assert.deepEqual(left.map(({ id, title, why }) => [id, title, why]).toSorted(),
    [[before.U2.id, '人の手', 'changed'], [kept.id, '新U5', 'changed']].toSorted(), 'what was left is named');
  await admin.refused(404, 'GET', `/api/v1/hco/${gone.id}`);
  const after = async (code) => (({ name, city, postal_code: postal }) => [name, city, postal])(await byCode(code));
  assert.deepEqual(await after('U1'), ['旧U1', '旧市', null]);
  assert.deepEqual(await after('U2'), ['人の手', '旧市', null], 'only the field that nobody touched');
  assert.deepEqual(await after('U3'), ['旧U3', '旧市', '1']);
  assert.deepEqual(await after('U5'), ['新U5', '人の市', null]);

  const { items } = await admin.read(`/api/v1/hco/${before.U1.id}/history`);
  assert.deepEqual(items.map(({ action, via, reason }) => [action, via, reason ?? null]),
    [['update', 'import', 'wrong list'], ['update', 'import', 'spring list'], ['create', 'api', null]]);
  assert.deepEqual(items[1].changes.name, { from: '旧U1', to: '新U1' });
  assert.deepEqual([items[0].by, items[1].by].map((by) => by?.id ?? by), [service.user('manager1'), service.user('manager1')]);
  const twice = await manager.refused(409, 'POST', `/api/v1/import/${done.id}/undo`);
  assert.equal(twice.errors[0].code, 'import_already_undone');
});

test('what stands in the way of an undo is counted; when it has gone, the undo is completed', async () => {
  const { id } = await admin.create('hco', { facility_code: 'W1', name: '改番病院', npi: '1234567893' });
  const map = { key: ['npi'], columns: [{ from: 'npi', to: 'npi' }, { from: 'code', to: 'facility_code' }] };
  const done = await bring(admin, 'hco', csv([['npi', 'code'], ['1234567893', 'W2']]), { map });
  assert.deepEqual(countsOf(done), counts(1, { updated: 1 }));
  const taker = await admin.create('hco', { facility_code: 'W1', name: '番号を取った病院' });
  assert.deepEqual((await undo(admin, done.id)).report.undo,
    { removed: 0, reverted: 0, changed_since: 0, refused: 1, left: [{ object: 'hco', id, title: '改番病院', why: 'refused' }] });
  assert.equal((await admin.read(`/api/v1/hco/${id}`)).facility_code, 'W2');
  await admin.change('hco', taker.id, { facility_code: 'W3' });
  assert.deepEqual((await undo(admin, done.id)).report.undo, { removed: 0, reverted: 1, changed_since: 0, refused: 0, left: [] });
  assert.equal((await admin.read(`/api/v1/hco/${id}`)).facility_code, 'W1');
  await admin.refused(409, 'POST', `/api/v1/import/${done.id}/undo`);
});

// ---- Long imports, repeated requests ----

test('5000 rows: foretold, accepted, watched until done, unchanged the second time, taken back', async () => {
  const rows = Array.from({ length: 5000 }, (_, index) => [`L${index}`, `長い一覧の病院 第${index}号館`, `${index}`.padStart(7, '0'), '一般病院']);
  rows[4999] = rows[0];
  const file = csv([HEADINGS, ...rows]);
  const { map } = await check(admin, 'hco', csv(HOSPITALS.slice(0, 2)));
  const expected = counts(5000, { created: 4999, skipped: 1 });
  assert.deepEqual(countsOf(await check(admin, 'hco', file, { map })), expected, 'rehearsed aside');
  const seen = [];
  const done = await bring(admin, 'hco', file, { map }, { seen });
  assert.deepEqual([done.status, countsOf(done)], ['done', expected]);
  assert.ok(seen.every((state, index) => index === 0 || state.rows >= seen[index - 1].rows), 'progress never goes back');
  assert.ok(seen.slice(0, -1).every((state) => state.status === 'running' && state.rows % 1000 === 0), JSON.stringify(seen));
  assert.equal(seen[0].http, seen.length > 1 ? 202 : 200);
  assert.equal((await admin.read('/api/v1/hco', { filter: { in: ['長い一覧', { var: 'name' }] }, total: true, limit: 1 })).total, 4999);
  assert.deepEqual(countsOf(await bring(admin, 'hco', file, { map })), counts(5000, { unchanged: 4999, skipped: 1 }));
  assert.equal((await undo(admin, done.id)).report.undo.removed, 4999);
});

test('a request that is sent twice under one key imports once', async () => {
  const file = csv([['code', 'name'], ['I1', '一度']]);
  const headers = { ...CSV, 'idempotency-key': 'import-once' };
  const first = await admin.expect(200, 'POST', importPath('hco', { map: NAMED }), { raw: file, headers });
  const second = await admin.expect(200, 'POST', importPath('hco', { map: NAMED }), { raw: file, headers });
  assert.deepEqual(second.body, first.body);
  assert.equal(second.headers.get('idempotency-replayed'), 'true');
  assert.equal((await admin.read('/api/v1/import')).items.filter((item) => item.id === first.body.id).length, 1);
  assert.equal((await admin.read(`/api/v1/import/${first.body.id}`)).counts.created, 1);
  const other = await admin.refused(409, 'POST', importPath('hco', { map: NAMED }), { raw: `${file}I2,別\r\n`, headers });
  assert.equal(other.errors[0].code, 'idempotency_mismatch');
  assert.equal(await byCode('I2'), undefined);
});

test('the list of imports: newest first, by object, page by page', async () => {
  const all = (await admin.read('/api/v1/import', { limit: 200 })).items;
  assert.ok(all.length > 10);
  const pages = [];
  let cursor;
  do {
    const page = await admin.read('/api/v1/import', { limit: 4, ...(cursor ? { cursor } : {}) });
    assert.ok(page.items.length <= 4);
    pages.push(...page.items);
    cursor = page.next;
  } while (cursor);
  assert.deepEqual(pages.map((item) => item.id), all.map((item) => item.id));
  assert.deepEqual((await admin.read('/api/v1/import', { object: 'hcp', limit: 200 })).items.map((item) => item.id), all.filter((item) => item.object === 'hcp').map((item) => item.id));
  const refusal = await admin.refused(422, 'GET', '/api/v1/import?limit=0');
  assert.deepEqual(codesOf(refusal), { '/limit': 'limit_range' });
  assert.match(refusal.errors[0].message, /from 1 to 200\b/);
  assert.deepEqual(codesOf(await admin.refused(422, 'GET', '/api/v1/import?cursor=abc')), { '/cursor': 'cursor' });
});

// ---- Rights ----

test('who has not the right to import can neither look at files nor at imports', async () => {
  const [{ id }] = (await admin.read('/api/v1/import')).items;
  for (const login of ['mr1', 'marketing1', 'compliance1', 'msl1', 'kam1', 'inside1']) {
    const client = service.as(login);
    const object = login === 'marketing1' ? 'product' : 'hco';
    for (const path of [checkPath(object), importPath(object), `/api/v1/import/${id}/undo`]) {
      await client.refused(403, 'POST', path, { raw: 'name\nx\n', headers: CSV });
    }
    for (const path of ['/api/v1/import', `/api/v1/import/${id}`, `/api/v1/import/${id}/rejected`]) await client.refused(403, 'GET', path);
  }
  await service.anonymous().refused(401, 'POST', importPath('hco'), { raw: 'name\nx\n', headers: CSV });
  assert.equal((await admin.all('hco', { name: 'x' })).length, 0);
});

test('a role imports into the objects it may, and into no others', async () => {
  for (const object of ['product', 'user', 'visit', 'team', 'sign']) await manager.refused(403, 'POST', importPath(object), { raw: 'name\nx\n', headers: CSV });
  for (const object of ['nothing', 'import', 'journal']) {
    const answer = await admin.send('POST', checkPath(object), { raw: 'name\nx\n', headers: CSV });
    assert.ok([403, 404].includes(answer.status), `${object} → ${answer.status}`);
  }
  const problem = await admin.refused(404, 'POST', importPath('nothing'), { raw: 'name\nx\n', headers: CSV });
  assert.equal(problem.errors[0].code, 'unknown_object');
  for (const [method, path] of [['GET', ''], ['GET', '/rejected'], ['POST', '/undo']]) await admin.refused(404, method, `/api/v1/import/${UNKNOWN}${path}`);
});

test('what one team imported is nothing to another: not its rows, and not to undo', async () => {
  const other = service.as('manager2');
  const rows = csv([['姓', '職種', '医籍番号', '担当MR'], ['秘密', '医師', 'S-1', 'mr1'], ['内緒', '騎士', 'S-2', 'mr1']]);
  const map = { key: ['registration_number'], columns: [{ from: 1, to: 'family_name' }, { from: 2, to: 'kind' }, { from: 3, to: 'registration_number' }, { from: 4, to: 'owner.login' }] };
  const done = await bring(manager, 'hcp', rows, { map });
  assert.deepEqual(countsOf(done), counts(2, { created: 1, failed: 1 }));
  for (const [method, path] of [['GET', ''], ['GET', '/rejected'], ['POST', '/undo']]) await other.refused(404, method, `/api/v1/import/${done.id}${path}`);
  assert.ok((await other.read('/api/v1/import', { limit: 200 })).items.every((item) => item.object !== 'hcp'));
  assert.ok((await other.read('/api/v1/import', { limit: 200 })).items.some((item) => item.object === 'hco'), 'but institutions are everybody’s');
  assert.ok((await manager.read('/api/v1/import')).items.some((item) => item.id === done.id));
  assert.equal((await admin.read(`/api/v1/import/${done.id}`)).status, 'done');
  assert.equal((await undo(admin, done.id)).report.undo.removed, 1);
});

// ---- The command line ----

test('the command: the same figures, and exit codes that scripts can use', async () => {
  const local = await startService();
  const file = (name, content) => {
    writeFileSync(join(local.home, name), content);
    return name;
  };
  const run = (...args) => local.ondo(['import', ...args]);
  const clerk = local.as('admin');
  const found = async (code) => (await clerk.all('hco', { facility_code: code }))[0];
  const clean = file('clean.csv', encode(csv(HOSPITALS), 'CP932'));
  const dirty = file('dirty.csv', csv(DIRTY));

  const dry = await run('hco', clean, '--dry-run');
  assert.equal(dry.code, EXIT.done, dry.error);
  assert.match(dry.out, /Shift_JIS/);
  assert.match(dry.out, /3 rows: 3 created, 0 updated, 0 unchanged, 0 skipped .*, 0 rejected/);
  assert.equal(await found('1310000001'), undefined);
  const real = await run('hco', clean);
  assert.equal(real.code, EXIT.done, real.error);
  assert.match(real.out, /3 rows: 3 created/);
  assert.equal((await found('1310000002')).name, '京都中央医院');
  assert.match((await run('hco', clean)).out, /3 unchanged/);

  const mapped = ['--map', file('map.json', JSON.stringify({ columns: [...COLUMNS, { from: 4, to: 'kind' }] }))];
  const foretold = await run('hco', dirty, ...mapped, '--dry-run');
  assert.equal(foretold.code, EXIT.partial);
  const partial = await run('hco', dirty, ...mapped, '--rejected', 'rejected.csv');
  assert.equal(partial.code, EXIT.partial, partial.error);
  const figures = /7 rows: 2 created, 0 updated, 0 unchanged, 1 skipped .*, 4 rejected/;
  assert.match(foretold.out, figures);
  assert.match(partial.out, figures);
  const rejected = readFileSync(join(local.home, 'rejected.csv'), 'utf8');
  assert.ok(rejected.startsWith('\ufeff'));
  assert.equal(parseCsv(rejected.slice(1)).length, 6);

  const [, id] = /^import (\S+)$/m.exec(real.out) ?? assert.fail(real.out);
  const undone = await run('--undo', id);
  assert.equal(undone.code, EXIT.done, undone.error);
  assert.match(undone.out, /^3 removed, 0 reverted, 0 changed since and left, 0 refused/);
  assert.equal(await found('1310000001'), undefined);
  const { items } = await clerk.read('/api/v1/import');
  assert.deepEqual(items.map((item) => item.status).toSorted(), ['done', 'done', 'undone']);

  for (const [code, ...args] of [
    [EXIT.refused, '--undo', id], [EXIT.missing, '--undo', UNKNOWN], [EXIT.usage, '--undo', 'soon'], [EXIT.usage, 'hco'], [EXIT.usage],
    [EXIT.missing, 'nothing', clean], [EXIT.missing, 'hco', 'absent.csv'], [EXIT.missing, 'hco', clean, '--map', 'absent.json'],
    [EXIT.refused, 'hco', file('empty.csv', '')], [EXIT.refused, 'hco', file('book.xlsx', 'PK\x03\x04')], [EXIT.refused, 'hco', clean, '--encoding', 'klingon'],
    [EXIT.refused, 'hco', clean, '--map', file('bad.json', '{"columns": [{"from": 1, "to": "nothing"}]}')], [EXIT.refused, 'hco', clean, '--map', file('broken.json', '{"columns"')],
    [EXIT.refused, 'hco', file('strange.csv', 'foo,bar\nx,y\n')],
  ]) {
    const { code: left, error } = await run(...args);
    assert.equal(left, code, `${args.join(' ')}: ${error}`);
    assert.ok(error.length > 10, `${args.join(' ')} says why`);
  }
});
