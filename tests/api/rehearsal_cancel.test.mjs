// X13: a rehearsal that takes its time is watched and stopped; nobody else's is.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'node:test';
import { withQuery } from './client.mjs';
import { startService } from './harness.mjs';
import { at, rehearse, upload } from './staging.mjs';
import { csv } from './tables.mjs';

const service = await startService();
const admin = service.as('admin');
const manager = service.as('manager1');
const HEADINGS = ['医療機関コード', '医療機関名', '郵便番号', '種別'];
const list = (count) => csv([HEADINGS, ...Array.from({ length: count }, (_, index) => [`R${index}`, `試しの病院 第${index}号館`, `${index}`.padStart(7, '0'), '一般病院'])]);
const made = async () => (await admin.read('/api/v1/hco', { filter: { in: ['試しの病院', { var: 'name' }] }, total: true, limit: 1 })).total;
const look = (client, id) => client.send('GET', at(id, '/rehearsal'));
const cancel = (client, id) => client.send('POST', at(id, '/rehearsal/cancel'));

const checkAt = (id) => `/api/v1/import/hco/check/${id}`;
const checkLook = (client, id) => client.send('GET', checkAt(id));
const checkCancel = (client, id) => client.send('POST', `${checkAt(id)}/cancel`);
const MAP = { key: ['facility_code'], columns: [{ from: HEADINGS[0], to: 'facility_code' }, { from: HEADINGS[1], to: 'name' }] };
const check = (client, file, id) =>
  client.send('POST', withQuery('/api/v1/import/hco/check', { map: MAP, ...(id && { id }) }), { raw: file, headers: { 'content-type': 'text/csv' } });

/** Asks until the rehearsal is seen under way, or is over: how long it takes is the machine's affair. */
async function seen(client, id, answered, looked = look) {
  let isOver = false;
  const over = answered.then(() => (isOver = true));
  while (!isOver) {
    const { status, body } = await looked(client, id);
    if (status === 200) return body;
    assert.equal(status, 404);
    await Promise.race([over, pause(2)]);
  }
  return null;
}

/** With files of growing size, until `act` has met one under way; gives what `act` gave. */
async function meeting(act, what = '/rehearsal') {
  for (let rows = 4000; rows <= 128_000; rows *= 2) {
    const { import: staged, map } = await upload(manager, 'hco', list(rows));
    const answered = manager.send('POST', at(staged.id, what), { body: { map } });
    const progress = await seen(manager, staged.id, answered);
    const met = progress && (await act(staged.id, map, answered, progress));
    await answered;
    await manager.expect(204, 'DELETE', at(staged.id));
    if (met) return;
  }
  assert.fail('none was ever seen under way');
}

const isStopped = ({ status, body }) => status === 409 && body.errors[0].code === 'import_rehearsal_stopped';

for (const what of ['/rehearsal', '/rejected']) {
  test(`X13: ${what} is seen and cancelled by its person alone; nothing stays, and it can be made again`, () =>
    meeting(async (id, map, answered, progress) => {
      assert.deepEqual(Object.keys(progress), ['rows', 'bytes', 'size']);
      assert.ok(progress.bytes <= progress.size || progress.size === 0);
      assert.equal((await look(admin, id)).status, 404, 'an administrator finds the import, and no rehearsal of their own');
      assert.equal((await cancel(admin, id)).status, 404);
      const asked = await cancel(manager, id);
      const answer = await answered;
      if (asked.status === 404 || !isStopped(answer)) {
        assert.equal(answer.status, 200, 'it had ended before the word to stop arrived');
        return false;
      }
      assert.equal(asked.status, 202);
      assert.match(answer.body.errors[0].message, /\S/);
      assert.equal(await made(), 0);
      assert.equal((await look(manager, id)).status, 404);
      assert.equal((await rehearse(manager, id, { map, skip_lines: [2] })).counts.left_out, 1);
      return true;
    }, what));
}

/** As `meeting`, of checks whose file comes with the request. */
async function meetingCheck(act) {
  for (let rows = 4000; rows <= 128_000; rows *= 2) {
    const id = randomUUID();
    const answered = check(manager, list(rows), id);
    const progress = await seen(manager, id, answered, checkLook);
    const met = progress && (await act(id, answered, progress));
    await answered;
    if (met) return;
  }
  assert.fail('none was ever seen under way');
}

test('X13: a check of a file that is not staged is seen and cancelled by its person alone, and nothing stays', () =>
  meetingCheck(async (id, answered, progress) => {
    assert.deepEqual(Object.keys(progress), ['rows', 'bytes', 'size']);
    assert.ok(progress.bytes <= progress.size || progress.size === 0);
    assert.equal((await checkLook(admin, id)).status, 404);
    assert.equal((await checkCancel(admin, id)).status, 404);
    const asked = await checkCancel(manager, id);
    const answer = await answered;
    if (asked.status === 404 || !isStopped(answer)) {
      assert.equal(answer.status, 200, 'it had ended before the word to stop arrived');
      return false;
    }
    assert.equal(asked.status, 202);
    assert.equal(await made(), 0);
    assert.equal((await checkLook(manager, id)).status, 404);
    const again = await check(manager, list(3), id);
    assert.equal(again.body.counts.created, 3, 'the same id can be used again');
    return true;
  }));

test('X13: a check that nobody means to watch needs no id; one that is no id is refused; who may not import sees none', async () => {
  assert.equal((await check(manager, list(3))).body.counts.created, 3);
  const refused = await check(manager, list(3), 'mine');
  assert.deepEqual([refused.status, refused.body.errors[0].pointer, refused.body.errors[0].code], [422, '/id', 'import_check_id']);
  const id = randomUUID();
  assert.deepEqual([(await checkLook(manager, id)).status, (await checkCancel(manager, id)).status], [404, 404]);
  const mr = service.as('mr1');
  assert.deepEqual([(await checkLook(mr, id)).status, (await checkCancel(mr, id)).status], [403, 403]);
  assert.equal((await manager.send('GET', `/api/v1/import/nothing/check/${id}`)).status, 404);
});

test('X13: a newer rehearsal of the same import stops the older one', () =>
  meeting(async (id, map, answered) => {
    const newer = await rehearse(manager, id, { map });
    assert.equal(newer.counts.failed, 0);
    const older = await answered;
    if (isStopped(older)) return true;
    assert.equal(older.status, 200);
    return false;
  }));

test('X13: without a rehearsal there is nothing to see or to stop, and an import out of reach is not there', async () => {
  const { import: staged, map } = await upload(manager, 'hco', list(3));
  for (const answer of [await look(manager, staged.id), await cancel(manager, staged.id)]) {
    assert.deepEqual([answer.status, answer.body.errors[0].code], [404, 'import_no_rehearsal']);
  }
  await rehearse(manager, staged.id, { map });
  assert.equal((await cancel(manager, staged.id)).status, 404, 'it is over');
  const unknown = '01900000-0000-7000-8000-000000000000';
  assert.equal((await look(manager, unknown)).status, 404);
  assert.equal((await cancel(manager, unknown)).status, 404);
  const mr = service.as('mr1');
  assert.equal((await look(mr, staged.id)).status, 403);
  assert.equal((await cancel(mr, staged.id)).status, 403);
});
