// X13: a server that dies in the midst of an import, and files that wait.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'node:test';
import { KIND, startService } from './harness.mjs';
import { at, counts, countsOf, rehearse, run, undo, upload } from './staging.mjs';
import { csv } from './tables.mjs';

const SOME = KIND === 'sqlite' ? 60_000 : 12_000;
const many = (count, prefix) => csv([['医療機関コード', '医療機関名'], ...Array.from({ length: count }, (_, index) => [`${prefix}${index}`, `長い一覧の病院 第${index}号館`])]);

test('a server that is killed in the midst: the staged file is still there; the import has failed, and what it saved can be taken back', async () => {
  const local = await startService();
  const clerk = () => local.as('admin');
  const { import: waiting } = await upload(clerk(), 'hco', many(3, 'W'));
  await clerk().expect(200, 'PUT', at(waiting.id, '/draft'), { body: { skip_lines: [2] } });
  const { import: staged, map } = await upload(clerk(), 'hco', many(SOME, 'K'));
  // Its answer never comes, or tells that the import goes on: the server is gone while it writes.
  const answered = clerk().post(at(staged.id, '/run'), { map }).catch(() => null);
  while ((await clerk().read(at(staged.id))).status !== 'running') await pause(2);
  await local.child.kill('SIGKILL');
  await answered;
  await local.child.ended;
  await local.start();
  assert.deepEqual((await clerk().read(at(waiting.id, '/draft'))).draft, { skip_lines: [2] });
  assert.equal((await rehearse(clerk(), waiting.id, { map, skip_lines: [2] })).counts.created, 2);
  const cut = await clerk().read(at(staged.id));
  assert.equal(cut.status, 'running', 'whether it lives is told by its silence');
  await local.stop();
  await local.start({ now: '2026-11-18T08:30:00+09:00' });
  let record = await clerk().read(at(staged.id));
  for (let i = 0; i < 300 && record.status === 'running'; i++) {
    await pause(50);
    record = await clerk().read(at(staged.id));
  }
  assert.deepEqual([record.status, record.file_kept], ['failed', true]);
  const saved = record.counts.created;
  assert.equal((await clerk().read('/api/v1/hco', { total: true, limit: 1 })).total, saved, 'the counts tell what is there');
  const undone = await undo(clerk(), staged.id);
  assert.deepEqual([undone.status, undone.report.undo.removed], ['undone', saved]);
  const again = (await clerk().expect(201, 'POST', at(staged.id, '/again'))).body;
  const done = await run(clerk(), again.id, { map });
  assert.deepEqual(countsOf(done), counts(SOME, { created: SOME }));

  await local.stop();
  await local.start({ now: '2026-11-24T08:30:00+09:00' });
  await pause(8000);
  assert.equal((await clerk().read(at(waiting.id))).status, 'staged', 'six days later it waits');
  await local.stop();
  await local.start({ now: '2026-11-26T08:30:00+09:00' });
  for (let i = 0; i < 300 && (await clerk().get(at(waiting.id))).status === 200; i++) await pause(50);
  await clerk().refused(404, 'GET', at(waiting.id));
  assert.equal(local.sql('SELECT count(*) FROM file'), '0', 'after seven days without a touch nothing of it is left');
  await local.stop();
});
