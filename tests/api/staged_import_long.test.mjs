// X13 for long files: rehearsed and run alike, watched, cancelled without a trace.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'node:test';
import { KIND, startService } from './harness.mjs';
import { at, counts, countsOf, rehearse, run, settle, upload } from './staging.mjs';
import { csv, encode } from './tables.mjs';

const service = await startService();
const admin = service.as('admin');
const HEADINGS = ['医療機関コード', '医療機関名', '郵便番号', '種別'];
const MANY = 100_000;
/** PostgreSQL saves rows more slowly: there most of them repeat a key, and are skipped. */
const KEYS = KIND === 'sqlite' ? MANY : 15_000;
const SOME = KIND === 'sqlite' ? 40_000 : 12_000;
const many = (count, prefix) => csv([HEADINGS, ...Array.from({ length: count }, (_, index) => [`${prefix}${index < KEYS || index === count - 1 ? index : 0}`, `長い一覧の病院 第${index}号館`, `${index}`.padStart(7, '0'), '一般病院'])]);

const MADE = Math.min(KEYS + 1, MANY);

test('100,000 rows: rehearsed and run alike, watched on the way, with a cell mended in the last row', async () => {
  const { import: staged, map } = await upload(admin, 'hco', encode(many(MANY, 'M').replace('第99999号館,0099999,一般病院', '第99999号館,0099999,城'), 'CP932'));
  const told = await rehearse(admin, staged.id, { map });
  assert.deepEqual(countsOf(told), counts(MANY, { created: MADE - 1, skipped: MANY - MADE, failed: 1 }));
  assert.equal(told.rows.total, MANY - MADE + 1);
  const states = [];
  const done = await run(admin, staged.id, { map, corrections: { [MANY + 1]: { 4: '薬局' } } }, states);
  assert.deepEqual([done.status, countsOf(done)], ['done', counts(MANY, { created: MADE, skipped: MANY - MADE })]);
  assert.ok(states.length > 3, 'progress can be seen');
  assert.ok(states.every((state, index) => !index || state.counts.bytes >= states[index - 1].counts.bytes), 'and never goes back');
  assert.ok(states.slice(0, -1).every((state) => state.counts.bytes <= state.report.size));
  assert.equal(done.counts.bytes, done.report.size);
});

test('cancelled while it runs: nothing stays, and the file can be run once more', async () => {
  const count = async () => (await admin.read('/api/v1/hco', { filter: { in: ['中止の病院', { var: 'name' }] }, total: true, limit: 1 })).total;
  const { import: staged, map } = await upload(admin, 'hco', many(SOME, 'C').replaceAll('長い一覧', '中止'));
  // Its answer comes when it has ended, or after a while: nobody waits for it here.
  const answered = admin.send('POST', at(staged.id, '/run'), { body: { map } });
  while ((await admin.read(at(staged.id))).status !== 'running') await pause(2);
  const asked = await admin.expect(202, 'POST', at(staged.id, '/cancel'));
  assert.ok(['cancelling', 'cancelled'].includes(asked.body.status));
  await answered;
  const ended = await settle(admin, asked.body);
  assert.deepEqual([ended.status, await count(), ended.file_kept], ['cancelled', 0, true]);
  // How far it had come is the machine's affair: whatever was made is gone again.
  assert.ok(ended.counts.created <= SOME);
  assert.deepEqual(ended.report.undo, { removed: ended.counts.created, reverted: 0, changed_since: 0, refused: 0, left: [] });
  assert.equal((await admin.refused(409, 'POST', at(staged.id, '/undo'))).errors[0].code, 'import_already_undone');
  assert.equal((await admin.refused(409, 'POST', at(staged.id, '/cancel'))).errors[0].code, 'import_not_running');
  const again = (await admin.expect(201, 'POST', at(staged.id, '/again'))).body;
  assert.deepEqual([again.status, again.file_name, again.file_kept, (await admin.read(at(staged.id))).file_kept], ['staged', 'file.csv', true, false]);
  assert.equal((await rehearse(admin, again.id, { map })).counts.created, SOME);
  await admin.expect(204, 'DELETE', at(again.id));
});
