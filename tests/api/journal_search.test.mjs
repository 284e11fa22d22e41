// The journal is searched by those whose duty it is, and each entry can be proved by a program of somebody else's.
import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { blake2b } from './blake2b.mjs';
import { codesOf } from './client.mjs';
import { ROOT, startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const mr = service.as('mr1');

const doctor = await mr.create('hcp', { family_name: '日誌', temperature: 'neutral', email: 'secret@example.org' });
await mr.change('hcp', doctor.id, { temperature: 'favorable' }, { 'x-reason': 'Liked 100%_of it' });
await admin.change('hcp', doctor.id, { owner: service.user('mr2') });
const task = await service.as('mr2').create('task', { subject: 'a task of mr2' });
const search = (parameters, client = admin) => client.read('/api/v1/journal', parameters);

/** Entries get their position a moment after their commit. */
async function sealedEntry(parameters, client = admin) {
  for (let i = 0; i < 100; i += 1) {
    const [item] = (await search(parameters, client)).items;
    if (item?.position) return item;
    await sleep(50);
  }
  return assert.fail('the entry is not sealed');
}

test('BLAKE2b here is that of RFC 7693', () => {
  assert.ok(blake2b(Buffer.from('abc'), 64).toString('hex').startsWith('ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1'));
});

test('newest first, with names for what is referred to', async () => {
  const { items, names, next } = await search({ object: 'hcp', id: doctor.id });
  assert.deepEqual(items.map(({ action, version }) => [action, version]), [['update', 3], ['update', 2], ['create', 1]]);
  assert.ok(items.every(({ title, by_name: by, via }) => title.includes('日誌') && by.length > 0 && via === 'api'));
  assert.equal(names[items[0].changes.owner.to], (await admin.read(`/api/v1/user/${service.user('mr2')}`)).title);
  assert.equal(next, null);
});

test('by person, object, action, field, way, reason and words', async () => {
  const found = async (parameters) => (await search(parameters)).items;
  assert.ok((await found({ by: service.user('mr2') })).every(({ by }) => by === service.user('mr2')));
  assert.ok((await found({ by: service.user('mr2'), object: 'task' })).some(({ id }) => id === task.id));
  assert.ok((await found({ by: 'system' })).every(({ by }) => by === null));
  assert.deepEqual((await found({ object: 'hcp', action: 'update' })).map(({ action }) => action), ['update', 'update']);
  assert.deepEqual((await found({ field: 'temperature', object: 'hcp' })).map(({ action }) => action), ['update', 'create']);
  assert.deepEqual((await found({ field: 'temperatur_' })), [], 'an underscore stands for itself');
  assert.ok((await found({ via: 'cli' })).every(({ via }) => via === 'cli'));
  const liked = await found({ q: 'liked 100%_OF' });
  assert.ok(liked.some(({ object, action }) => object === 'hcp' && action === 'update'));
  assert.ok(liked.every(({ reason }) => reason === 'Liked 100%_of it'));
  assert.deepEqual((await found({ q: '日誌', object: 'hcp' })).map(({ id }) => id), [doctor.id]);
  assert.deepEqual(await found({ q: 'xx%' }), []);
});

test('by time: instants, and days of the reader', async () => {
  const { at } = (await search({ object: 'hcp', id: doctor.id, action: 'create' })).items[0];
  const found = async (parameters) => (await search({ object: 'hcp', action: 'create', ...parameters })).items.map(({ id }) => id);
  assert.deepEqual(await found({ from: at, until: at }), [doctor.id]);
  assert.deepEqual(await found({ until: new Date(Date.parse(at) - 1).toISOString() }), []);
  assert.deepEqual(await found({ from: new Date(Date.parse(at) + 1).toISOString() }), []);
  const day = at.slice(0, 10); // the administrator's zone is UTC
  assert.deepEqual(await found({ from: day, until: day }), [doctor.id]);
  assert.deepEqual(await found({ until: '2026-11-01' }), []);
});

test('page by page, each entry once', async () => {
  const whole = (await search({ limit: 200 })).items;
  const pieces = [];
  let cursor;
  do {
    const page = await search({ limit: 7, ...(cursor ? { cursor } : {}) });
    pieces.push(...page.items);
    cursor = page.next;
  } while (cursor);
  assert.deepEqual(pieces.map(({ id, action, version }) => [id, action, version]), whole.map(({ id, action, version }) => [id, action, version]));
});

test('only with the right to it; a mistyped question is refused', async () => {
  for (const login of ['mr1', 'manager1', 'marketing1', 'msl1']) {
    await service.as(login).refused(403, 'GET', '/api/v1/journal');
    await service.as(login).refused(403, 'GET', '/api/v1/journal/1/proof');
  }
  assert.deepEqual(codesOf(await admin.refused(422, 'GET', '/api/v1/journal?id=x&by=y&from=z&limit=0&obect=hcp&cursor=')),
    { '/id': 'id', '/by': 'id', '/from': 'not_instant', '/limit': 'limit_range', '/obect': 'unknown_parameter' });
  assert.deepEqual(codesOf(await admin.refused(422, 'GET', '/api/v1/journal?cursor=abc')), { '/cursor': 'cursor' });
  for (const position of ['0', 'x', '999999999']) await admin.refused(404, 'GET', `/api/v1/journal/${position}/proof`);
});

test('what is hidden from a role is neither shown, nor found, nor proved by its contents', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ondo-roles-'));
  const role = JSON.parse(readFileSync(join(ROOT, 'pharma/roles/compliance.json'), 'utf8'));
  mkdirSync(join(folder, 'roles'));
  role.fields.hcp = { hidden: ['email'] };
  role.objects.memo = { read: 'none' };
  writeFileSync(join(folder, 'roles/compliance.json'), JSON.stringify(role));
  const other = await startService({ args: ['--business', folder] });
  const asker = other.as('compliance1');
  const made = await other.as('mr1').create('hcp', { family_name: '秘', email: 'secret@example.org' });
  const memo = await other.as('mr1').create('memo', { hcp: made.id, text: 'rather private' });
  const find = async (parameters, client = asker) => (await client.read('/api/v1/journal', parameters)).items;
  const [entry] = await find({ object: 'hcp', id: made.id });
  assert.equal(entry.withheld, false);
  assert.ok('family_name' in entry.changes && !('email' in entry.changes));
  assert.deepEqual(await find({ q: 'secret@example.org' }), []);
  assert.deepEqual(await find({ field: 'email' }), []);
  assert.equal((await find({ q: 'secret@example.org' }, other.as('admin'))).length, 1);
  assert.deepEqual(await find({ q: 'rather private' }), []);
  const [about] = await find({ object: 'memo', id: memo.id });
  assert.deepEqual([about.withheld, about.changes, about.title], [true, {}, null]);
  const { position } = await sealedEntry({ object: 'hcp', id: made.id }, asker);
  const proof = await asker.read(`/api/v1/journal/${position}/proof`);
  assert.deepEqual([proof.entry.withheld, proof.entry.changes, proof.verified.entry], [true, null, true]);
  await other.stop();
  rmSync(folder, { recursive: true });
});

// ---- Proof ----

const integer = (value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(value));
  return bytes;
};
const part = (bytes) => Buffer.concat([integer(bytes.length), bytes]);
const text = (value) => part(Buffer.from(value ?? '', 'utf8'));
const id = (value) => part(value ? Buffer.from(value.replaceAll('-', ''), 'hex') : Buffer.alloc(16));

/** As docs/api.md says it. */
function hashOf(previous, entry) {
  return blake2b(Buffer.concat([
    part(previous), part(integer(entry.position)), id(entry.entry), part(integer(entry.at)), id(entry.by), text(entry.via),
    text(entry.object), id(entry.id), part(integer(entry.version)), text(entry.action), text(entry.changes), text(entry.reason),
    id(entry.batch), id(entry.cause), id(entry.session),
  ]), 32);
}

/** Checks a proof without the server: the last hash of the chain must be the one that was signed. */
function prove(proof) {
  let hash = Buffer.from(proof.previous_hash, 'hex');
  for (const entry of [proof.entry, ...proof.chain]) {
    hash = hashOf(hash, entry);
    if (hash.toString('hex') !== entry.hash) return false;
  }
  if (!proof.checkpoint) return true;
  const signed = Buffer.concat([integer(proof.checkpoint.position), hash]);
  const key = createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(proof.checkpoint.public_key, 'hex')]), format: 'der', type: 'spki' });
  return verify(null, signed, key, Buffer.from(proof.checkpoint.signature, 'hex'));
}

/** Waits until everything is sealed and signed: the server signs a moment after its start, and then every five minutes. */
async function sign() {
  await service.stop();
  await service.start();
  const { position } = await sealedEntry({ limit: 1 });
  for (let i = 0; i < 200; i += 1) {
    if ((await admin.read(`/api/v1/journal/${position}/proof`)).checkpoint) return;
    await sleep(100);
  }
  assert.fail('nothing is signed');
}

test('an entry is proved by recomputing it: its hash, the chain to the checkpoint, the signature', async () => {
  const { position } = await sealedEntry({ object: 'hcp', id: doctor.id, field: 'temperature', action: 'update' });
  const early = await admin.read(`/api/v1/journal/${position}/proof`);
  assert.equal(early.holds, true);
  assert.ok(prove(early));
  await sign();
  const proof = await admin.read(`/api/v1/journal/${position}/proof`);
  assert.deepEqual(JSON.parse(proof.entry.changes).temperature, { from: 'neutral', to: 'favorable' });
  assert.ok(proof.checkpoint.position >= position);
  assert.equal(proof.checkpoint.own_key, true);
  assert.deepEqual(proof.verified, { entry: true, chain: true, signature: true, entries: proof.checkpoint.position - position + 1 });
  assert.equal(proof.holds, true);
  assert.equal(proof.chain.length, proof.checkpoint.position - position);
  assert.ok(prove(proof));
  for (const change of [{ at: proof.entry.at + 1 }, { by: service.user('mr2') }, { changes: proof.entry.changes.replace('favorable', 'neutral') }, { version: 9 }]) {
    assert.ok(!prove({ ...proof, entry: { ...proof.entry, ...change } }), JSON.stringify(change));
  }
});

test('a long chain comes in pieces; each piece is asked for by the position before it', async () => {
  const lines = Array.from({ length: 700 }, (_, i) => JSON.stringify({ name: `P${i}` })).join('\n');
  await admin.expect(200, 'POST', '/api/v1/product/bulk', { raw: lines, headers: { 'content-type': 'application/x-ndjson' } });
  await sign();
  const newest = await sealedEntry({ object: 'product', limit: 1 });
  const start = newest.position - 650;
  const whole = await admin.read(`/api/v1/journal/${start}/proof`);
  assert.equal(whole.chain.length, 500);
  assert.equal(whole.next, start + 500);
  const rest = await admin.read(`/api/v1/journal/${start}/proof?after=${whole.next}`);
  assert.equal(rest.next, null);
  assert.equal(rest.chain[0].position, whole.next + 1);
  assert.ok(prove({ ...rest, chain: [...whole.chain, ...rest.chain] }));
});

test('an entry that was altered does not hold, and a break behind it is told apart', async () => {
  const entry = await sealedEntry({ object: 'task', id: task.id, action: 'create' });
  await sign();
  service.sql(`UPDATE journal SET changes = replace(changes, 'a task of', 'a plan of') WHERE position = ${entry.position}`);
  const broken = await admin.read(`/api/v1/journal/${entry.position}/proof`);
  assert.deepEqual([broken.verified.entry, broken.verified.chain, broken.holds], [false, false, false]);
  assert.ok(!prove(broken));
  const first = await admin.read('/api/v1/journal/1/proof');
  assert.ok(first.checkpoint);
  if (first.checkpoint.position >= entry.position) assert.deepEqual([first.verified.entry, first.verified.chain, first.holds], [true, false, false]);
});
