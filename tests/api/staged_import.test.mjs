// X13: a file is brought once, mended cell by cell on the screen, rehearsed as often as one likes, run, cancelled, taken back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf } from './client.mjs';
import { startService } from './harness.mjs';
import { at, counts, countsOf, rehearse, run, undo, upload } from './staging.mjs';
import { csv, encode, parseCsv } from './tables.mjs';

const service = await startService();
const admin = service.as('admin');
const manager = service.as('manager1');
const CSV = { 'content-type': 'text/csv' };
const UNKNOWN = '01900000-0000-7000-8000-000000000000';

const byCode = async (code) => (await admin.all('hco', { facility_code: code }))[0];
const files = () => Number(service.sql('SELECT count(*) FROM file'));

const HEADINGS = ['医療機関コード', '医療機関名', '郵便番号', '種別'];
const DIRTY = [HEADINGS, ['S1', '良い病院', '100-0001', '一般病院'], ['S2', '悪い病院', '100-0002', '城'], ['S1', '重複病院', '100-0003', 'クリニック'],
  ['S4', '', '100-0004', 'クリニック'], ['S5', '二行の\r\n病院', '100-0005', '薬局'], ['S6', '多い', '1', '薬局', '余分']];

test('CP932: three bad rows, each cell with its sentence, mended in place; the rehearsal is what the run does', async () => {
  const { import: staged, ...plan } = await upload(manager, 'hco', encode(csv(DIRTY), 'CP932'), '病院.csv');
  assert.deepEqual([staged.status, staged.object, staged.file_name, staged.file_kept], ['staged', 'hco', '病院.csv', true]);
  assert.deepEqual([plan.encoding, plan.header, plan.columns.length, plan.columns[1].samples[0]], ['Shift_JIS', true, 4, '良い病院']);
  const map = plan.map;
  const first = await rehearse(manager, staged.id, { map });
  assert.deepEqual(countsOf(first), counts(6, { created: 2, skipped: 1, failed: 3 }));
  assert.deepEqual(first.rows.items.map((row) => [row.line, row.state]), [[3, 'failed'], [4, 'skipped'], [5, 'failed'], [8, 'failed']]);
  const [castle, twice, nameless, wide] = first.rows.items;
  assert.deepEqual(castle.cells, DIRTY[2]);
  assert.deepEqual(castle.errors.map(({ column, pointer, code }) => [column, pointer, code]), [[4, '/kind', 'choice_unknown']]);
  assert.match(castle.errors[0].message, /城/);
  assert.deepEqual([twice.errors[0].column, twice.errors[0].code], [1, 'import_repeated_key']);
  assert.deepEqual([nameless.errors[0].column, nameless.errors[0].code], [2, 'required']);
  assert.deepEqual([wide.errors[0].column, wide.errors[0].code], [null, 'import_too_many_columns']);
  assert.deepEqual(castle.cut, []);
  const early = parseCsv((await manager.expect(200, 'POST', at(staged.id, '/rejected'), { body: { map } })).text);
  assert.deepEqual(early.slice(1).map((row) => row[0]), ['S2', 'S1', 'S4', 'S6'], 'the rows that would not be taken, as a file');

  const mended = { map, corrections: { 3: { 4: '一般病院' }, 5: { 2: '名付けた病院' }, 8: { 5: '' } }, skip_lines: [4] };
  const second = await rehearse(manager, staged.id, mended);
  assert.deepEqual(countsOf(second), counts(6, { created: 5, left_out: 1 }));
  assert.deepEqual(second.rows.items.map((row) => [row.line, row.state]), [[4, 'left_out']]);
  assert.equal(await byCode('S1'), undefined, 'a rehearsal leaves nothing');
  const done = await run(manager, staged.id, mended);
  assert.deepEqual([done.status, countsOf(done), done.run_by], ['done', countsOf(second), service.user('manager1')]);
  assert.equal((await byCode('S2')).kind, 'general_hospital');
  assert.equal((await byCode('S4')).name, '名付けた病院');
  assert.equal((await byCode('S1')).name, '良い病院');
  const rejected = parseCsv((await manager.expect(200, 'GET', at(done.id, '/rejected'))).text);
  assert.deepEqual(rejected.slice(1).map((row) => row.slice(0, 4)), [DIRTY[3]], 'a row that was left out comes back');
  const foreseen = await manager.read(at(done.id, '/undo'));
  assert.deepEqual(foreseen, { removed: 5, reverted: 0, changed_since: 0, refused: 0, left: [] });
  assert.ok(await byCode('S1'), 'to foresee is not to do');
  assert.deepEqual((await undo(manager, done.id)).report.undo, foreseen);
  assert.equal(await byCode('S1'), undefined);
});

test('the file is gone when its import is done; one that was cancelled or thrown away leaves none either', async () => {
  const before = files();
  const { import: staged, map } = await upload(admin, 'hco', csv([HEADINGS, ['G1', '一', '', '']]));
  assert.equal(files(), before + 1);
  const done = await run(admin, staged.id, { map });
  assert.deepEqual([done.status, done.file_kept, files()], ['done', false, before]);
  await undo(admin, done.id);
  const gone = await admin.refused(409, 'POST', at(done.id, '/again'));
  assert.equal(gone.errors[0].code, 'import_file_gone');
  const { import: unwanted } = await upload(admin, 'hco', csv([HEADINGS, ['G1', '一', '', '']]));
  await admin.expect(204, 'DELETE', at(unwanted.id));
  await admin.refused(404, 'GET', at(unwanted.id));
  assert.equal(files(), before);
  const kept = await admin.refused(409, 'DELETE', at(done.id));
  assert.equal(kept.errors[0].code, 'import_not_staged');
});

const FORMS = [['UTF-16LE', (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), encode(text, 'UTF-16LE')])], ['EUC-JP', (text) => encode(text, 'EUC-JP')], ['UTF-8', (text) => Buffer.from(`\ufeff${text}`)]];
for (const [encoding, make] of FORMS) {
  test(`${encoding}: cells come as text, and a corrected one is text of any script`, async () => {
    const { import: staged, ...plan } = await upload(admin, 'hco', make(csv([HEADINGS, ['F1', '医院', '', '城'], ['F2', '次の医院', '', '']])));
    assert.equal(plan.encoding, encoding);
    const { rows } = await rehearse(admin, staged.id, { map: plan.map });
    assert.deepEqual(rows.items[0].cells, ['F1', '医院', '', '城']);
    const done = await run(admin, staged.id, { map: plan.map, corrections: { 2: { 4: 'クリニック', 2: '醫院 🏥 سليم' } } });
    assert.deepEqual(countsOf(done), counts(2, { created: 2 }));
    assert.equal((await byCode('F1')).name, '醫院 🏥 سليم');
    await undo(admin, done.id);
  });
}

test('a form that was guessed wrong is put right, and looked at again, without sending the file once more', async () => {
  const { import: staged } = await upload(admin, 'hco', encode(csv(DIRTY.slice(0, 3)), 'CP932'));
  const wrong = await rehearse(admin, staged.id, { encoding: 'big5', delimiter: 'tab', header: false });
  assert.deepEqual([wrong.encoding, wrong.delimiter, wrong.header, wrong.columns.length, wrong.counts, wrong.rows], ['Big5', 'tab', false, 1, undefined, undefined]);
  const right = await rehearse(admin, staged.id, { encoding: 'cp932', delimiter: ',', header: true });
  assert.equal(right.columns[1].heading, '医療機関名');
  const problem = await admin.refused(422, 'POST', at(staged.id, '/rehearsal'), { body: { encoding: 'klingon' } });
  assert.deepEqual(codesOf(problem), { '/encoding': 'import_encoding_unknown' });
  await admin.expect(204, 'DELETE', at(staged.id));
});

test('what a request says wrongly is refused at its place, and nothing is run', async () => {
  const { import: staged, map } = await upload(admin, 'hco', csv(DIRTY));
  for (const [body, expected] of [
    [{ map, corrections: [] }, { '/corrections': 'import_corrections' }],
    [{ map, corrections: { x: {} } }, { '/corrections/x': 'import_corrections' }],
    [{ map, corrections: { '03': { 1: 'a' } } }, { '/corrections/03': 'import_corrections' }],
    [{ map, corrections: { 3: { 0: 'a', 1: 5, 2001: 'b' } } }, { '/corrections/3/0': 'import_corrections', '/corrections/3/1': 'import_corrections', '/corrections/3/2001': 'import_corrections' }],
    [{ map, skip_lines: [3, 'x', 0] }, { '/skip_lines/1': 'import_corrections', '/skip_lines/2': 'import_corrections' }],
    [{ map, corrections: { 1: { 1: 'heading' } } }, { '/corrections/1': 'import_no_such_line' }],
    [{ map, corrections: { 7: { 1: 'inside a cell' } }, skip_lines: [999] }, { '/corrections/7': 'import_no_such_line', '/corrections/999': 'import_no_such_line' }],
    [{ map, correction: {} }, { '/correction': 'unknown_field' }],
    [{ map: [] }, { '/map': 'object_expected' }],
    [{ map, header: 'yes' }, { '/header': 'not_boolean' }],
    [{ map, encoding: 5 }, { '/encoding': 'not_text' }],
    [{ map: { columns: [{ from: 'nothing', to: 'name' }] } }, { '/columns/0/from': 'import_unknown_column' }],
  ]) {
    for (const what of ['/rehearsal', '/run']) assert.deepEqual(codesOf(await admin.refused(422, 'POST', at(staged.id, what), { body })), expected, JSON.stringify(body));
  }
  assert.deepEqual(codesOf(await admin.refused(422, 'POST', at(staged.id, '/rehearsal'), { body: { map, rows: { limit: 501 } } })), { '/rows/limit': 'limit_range' });
  assert.equal((await admin.read(at(staged.id))).status, 'staged');
  for (const [raw, code] of [['', 'import_no_rows'], ['PK\x03\x04', 'import_not_text']]) {
    const problem = await admin.refused(422, 'POST', '/api/v1/import/hco/upload', { raw, headers: CSV });
    assert.equal(problem.errors[0].code, code);
  }
  await admin.expect(204, 'DELETE', at(staged.id));
});

test('hostile cells stay text: shown whole or said to be cut, and no row harms another', async () => {
  const long = '長'.repeat(5000);
  const rows = [['code', 'name', 'kind'], ['X1', '=cmd|calc', 'x'], ['X2', '<img src=x onerror=alert(1)>', 'x'], ['X3', long, 'x'], ['X4', '"quoted", and\nmore', 'x'], ['X5', '\u202egnp.exe', 'x'], ['X6', '良', 'clinic']];
  const map = { columns: [{ from: 1, to: 'facility_code' }, { from: 2, to: 'name' }, { from: 3, to: 'kind' }] };
  const { import: staged } = await upload(admin, 'hco', csv(rows));
  const told = await rehearse(admin, staged.id, { map });
  assert.deepEqual(told.rows.items.map((row) => row.cells[1]), rows.slice(1, 6).map((row) => (row[1] === long ? '長'.repeat(1333) : row[1])));
  assert.deepEqual(told.rows.items.map((row) => row.cut), [[], [], [2], [], []]);
  const corrections = Object.fromEntries(told.rows.items.map((row) => [row.line, { 2: `名${row.line}`, 3: 'clinic' }]));
  const wicked = { ...corrections, [told.rows.items[0].line]: { 3: '城' } };
  assert.equal((await rehearse(admin, staged.id, { map, corrections: wicked })).counts.failed, 1, 'a corrected cell obeys the same rules');
  const done = await run(admin, staged.id, { map, corrections });
  assert.deepEqual(countsOf(done), counts(6, { created: 6 }));
  await undo(admin, done.id);
});

test('the failing rows come part by part, in the order of the file', async () => {
  const { import: staged, map } = await upload(admin, 'hco', csv([HEADINGS, ...Array.from({ length: 250 }, (_, index) => [`P${index}`, '病院', '', '城'])]));
  const lines = [];
  for (const offset of [0, 100, 200, 300]) {
    const { rows } = await rehearse(admin, staged.id, { map, rows: { offset } });
    assert.deepEqual([rows.total, rows.offset], [250, offset]);
    lines.push(...rows.items.map((row) => row.line));
  }
  assert.deepEqual(lines, Array.from({ length: 250 }, (_, index) => index + 2));
  await admin.expect(204, 'DELETE', at(staged.id));
});

test('the model says which objects one may import', async () => {
  const importable = async (login) => (await service.as(login).read('/api/v1/model')).objects.filter((one) => one.importable).map((one) => one.object);
  const all = await importable('admin');
  assert.ok(all.includes('hco') && all.includes('user') && !all.includes('temperature_reading'));
  assert.deepEqual((await importable('manager1')).toSorted(), ['adoption', 'affiliation', 'committee', 'decision_step', 'hco', 'hcp', 'licence']);
  for (const login of ['mr1', 'marketing1']) assert.deepEqual(await importable(login), [], login);
});

// ---- Two at once ----

test('two people on one staged import: a draft is not overwritten unseen, and it runs once', async () => {
  const { import: staged, map } = await upload(manager, 'hco', csv([HEADINGS, ['T1', '二人', '', '']]));
  assert.deepEqual(await manager.read(at(staged.id, '/draft')), { version: 0, draft: null, saved_by: null });
  const put = (client, version, body) => client.send('PUT', at(staged.id, '/draft'), { body, headers: version === null ? {} : { 'if-match': `"${version}"` } });
  const first = await put(manager, 0, { map, corrections: { 2: { 2: '管理者の名' } } });
  assert.deepEqual([first.status, first.body.version, first.etag], [200, 1, '"1"']);
  const stale = await put(admin, 0, { map });
  assert.deepEqual([stale.status, stale.body.errors[0].code], [412, 'import_draft_stale']);
  assert.equal((await put(admin, 1, { map, skip_lines: [2] })).body.version, 2);
  const seen = await manager.read(at(staged.id, '/draft'));
  assert.deepEqual([seen.version, seen.draft.skip_lines, seen.saved_by], [2, [2], service.user('admin')]);
  const answers = await Promise.all([manager, admin, manager, admin].map((client) => client.send('POST', at(staged.id, '/run'), { body: { map } })));
  assert.deepEqual(answers.map((answer) => answer.status).toSorted(), [200, 409, 409, 409]);
  assert.ok(answers.filter((answer) => answer.status === 409).every((answer) => answer.body.errors[0].code === 'import_not_staged'));
  assert.equal((await admin.all('hco', { facility_code: 'T1' })).length, 1);
  assert.equal((await put(admin, null, { map })).status, 409);
  await manager.refused(409, 'POST', at(staged.id, '/rehearsal'), { body: { map } });
  await undo(admin, staged.id);
});

test('a staged import belongs to whoever brought it, and to those who may import everything', async () => {
  const rows = csv([['姓', '医籍番号'], ['秘密', 'Z-1']]);
  const { import: staged, map } = await upload(manager, 'hcp', rows);
  const other = service.as('manager2');
  const body = { map };
  for (const [method, what, options] of [['GET', ''], ['GET', '/draft'], ['GET', '/undo'], ['POST', '/rehearsal', { body }], ['POST', '/run', { body }],
    ['POST', '/cancel'], ['POST', '/again'], ['PUT', '/draft', { body }], ['DELETE', '']]) {
    await other.refused(404, method, at(staged.id, what), options);
    await service.as('mr1').refused(403, method, at(staged.id, what), options);
    await admin.refused(404, method, at(UNKNOWN, what), options);
    await service.anonymous().refused(401, method, at(staged.id, what), options);
  }
  await service.as('mr1').refused(403, 'POST', '/api/v1/import/hco/upload', { raw: rows, headers: CSV });
  await manager.refused(403, 'POST', '/api/v1/import/user/upload', { raw: rows, headers: CSV });
  await admin.refused(404, 'POST', '/api/v1/import/nothing/upload', { raw: rows, headers: CSV });
  const early = await manager.refused(409, 'POST', at(staged.id, '/undo'));
  assert.equal(early.errors[0].code, 'import_not_run');
  const idle = await manager.refused(409, 'POST', at(staged.id, '/cancel'));
  assert.equal(idle.errors[0].code, 'import_not_running');
  assert.deepEqual((await rehearse(admin, staged.id, { map })).counts.created, 1);
  await admin.expect(204, 'DELETE', at(staged.id));
});
