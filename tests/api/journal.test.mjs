// The journal cannot be altered unnoticed; backups are consistent while the server writes.
import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { KIND, runOndo, runSql, startService } from './harness.mjs';

const EXIT = { done: 0, missing: 3, refused: 4, tampered: 5 };

/** A company with some history, sealed, its server stopped. */
async function sealed() {
  const service = await startService();
  const mr = service.as('mr1');
  const { id } = await mr.create('hcp', { family_name: '証拠', temperature: 'neutral' });
  await mr.change('hcp', id, { temperature: 'favorable' });
  const visit = await mr.create('visit', { hcp: id, discussion: 'nothing improper' });
  await mr.expect(204, 'DELETE', `/api/v1/visit/${visit.id}`);
  await service.stop();
  assert.equal((await service.ondo(['verify', '--seal'])).code, EXIT.done);
  return { service, hcp: id, visit: visit.id };
}

test('an untouched journal is intact, and says how much it holds', async () => {
  const { service } = await sealed();
  const { code, out } = await service.ondo(['verify']);
  assert.equal(code, EXIT.done);
  const [, entries, waiting] = /^intact: (\d+) entries sealed, (\d+) waiting/.exec(out) ?? assert.fail(out);
  assert.ok(Number(entries) > 10);
  assert.equal(waiting, '0');
});

const CHANGES = `replace(changes, 'neutral', 'neutraI')`;
const HEX = (id) => (KIND === 'sqlite' ? `x'${id.replaceAll('-', '')}'` : `'${id}'`);

const ALTERATIONS = [
  ['one letter of what was changed', (id) => `UPDATE journal SET changes = ${CHANGES} WHERE record = ${HEX(id)} AND action = 'create'`],
  ['the time', (id) => `UPDATE journal SET at = at + 1 WHERE record = ${HEX(id)} AND action = 'create'`],
  ['who did it', (id) => `UPDATE journal SET actor = NULL WHERE record = ${HEX(id)} AND action = 'create'`],
  ['a reason given afterwards', (id) => `UPDATE journal SET reason = 'approved' WHERE record = ${HEX(id)} AND action = 'create'`],
  ['the version', (id) => `UPDATE journal SET version = 7 WHERE record = ${HEX(id)} AND action = 'create'`],
];

for (const [what, alter] of ALTERATIONS) {
  test(`altering ${what} is noticed, and the record is named`, async () => {
    const { service, hcp } = await sealed();
    service.sql(alter(hcp));
    const { code, out } = await service.ondo(['verify']);
    assert.equal(code, EXIT.tampered, out);
    assert.match(out, /^ALTERED: position \d+/);
    assert.ok(out.includes(hcp), out);
  });
}

test('removing an entry from the middle, or from the end after a checkpoint, is noticed', async () => {
  const { service, visit } = await sealed();
  service.sql(`DELETE FROM journal WHERE record = ${HEX(visit)} AND action = 'create'`);
  assert.equal((await service.ondo(['verify'])).code, EXIT.tampered);
});

test('moving two entries is noticed', async () => {
  const { service, hcp } = await sealed();
  const [one, other] = service.sql(`SELECT position FROM journal WHERE record = ${HEX(hcp)} ORDER BY position LIMIT 2`).split('\n');
  for (const [from, to] of [[one, -1], [other, one], [-1, other]]) service.sql(`UPDATE journal SET position = ${to} WHERE position = ${from}`);
  assert.equal((await service.ondo(['verify'])).code, EXIT.tampered);
});

test('what a record held is not lost with its row', async () => {
  const { service, hcp } = await sealed();
  await service.start();
  const history = await service.as('mr1').read(`/api/v1/hcp/${hcp}/history`);
  assert.deepEqual(history.items.map((item) => item.action), ['update', 'create']);
});

test('verify says what is missing', async () => {
  const { code } = await runOndo('/nonexistent/ondo.db', ['verify']);
  assert.notEqual(code, EXIT.done);
});

const count = (database, table) => Number(runSql(database, `SELECT count(*) FROM "${table}"`));

test('a backup made while the server writes is consistent and restores elsewhere', { skip: KIND !== 'sqlite' && 'PostgreSQL has pg_dump' }, async () => {
  const service = await startService({ data: 'demo' });
  const mr = service.as('mr1');
  const { items: [doctor] } = await mr.read('/api/v1/hcp', { owner: 'me', limit: 1 });
  let writing = true;
  let written = 0;
  const writers = Promise.all([1, 2, 3].map(async () => {
    while (writing) {
      await mr.create('visit', { hcp: doctor.id, topics: [{ kind: 'need', text: 'backup' }] });
      written += 1;
    }
  }));
  const copy = join(service.home, 'copy.db');
  while (written < 5) await new Promise((done) => { setTimeout(done, 10); });
  const before = written;
  const backup = await service.ondo(['backup', copy]);
  assert.equal(backup.code, EXIT.done, backup.error);
  assert.equal((await service.ondo(['backup', copy])).code, EXIT.refused, 'it replaces nothing unasked');
  writing = false;
  await writers;
  const restored = join(service.home, 'restored.db');
  assert.equal((await runOndo(restored, ['restore', copy])).code, EXIT.done);
  for (const table of ['hcp', 'visit', 'topic', 'journal', 'user', 'hcp_search']) assert.equal(count(restored, table), count(copy, table), table);
  const visits = count(restored, 'visit') - 2000;
  assert.ok(visits >= before && visits <= written, `${before} ≤ ${visits} ≤ ${written}`);
  assert.equal(count(restored, 'topic') - count(service.database, 'topic'), visits - written, 'no visit without its topic');
  const proof = await runOndo(restored, ['verify', '--seal']);
  assert.equal(proof.code, EXIT.done, proof.out);
  assert.equal((await runOndo(restored, ['restore', copy])).code, EXIT.refused, 'it replaces no database unasked');
  assert.equal((await runOndo(restored, ['restore', copy, '--force'])).code, EXIT.done);
});

test('restore refuses what is no backup', { skip: KIND !== 'sqlite' && 'PostgreSQL has pg_dump' }, async () => {
  const service = await startService();
  const target = join(service.home, 'target.db');
  assert.equal((await runOndo(target, ['restore', new URL(import.meta.url).pathname])).code, EXIT.refused);
  assert.equal((await runOndo(target, ['restore', '/nonexistent/file'])).code, EXIT.missing);
  assert.ok(!existsSync(target));
});

test('on PostgreSQL, backup and restore refuse and name the right tool', { skip: KIND !== 'postgresql' }, async () => {
  const service = await startService();
  const { code, error } = await service.ondo(['backup', join(service.home, 'copy')]);
  assert.equal(code, EXIT.refused);
  assert.match(error, /pg_dump/);
});

test('the key that signs the journal can be read by its owner alone', async () => {
  const service = await startService();
  const key = [join(service.home, 'ondo.key'), join(service.home, 'var/ondo.key')].find(existsSync);
  assert.ok(key);
  assert.equal(statSync(key).mode & 0o077, 0);
});
