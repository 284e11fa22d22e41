// The change feed and its live form: a change is told within two seconds to those who may read it, and to nobody else.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const open = [];
after(() => open.forEach((stream) => stream.abort()));

/** Listens to the events of a person: {events, wait(condition)}. */
async function listen(login) {
  const controller = new AbortController();
  open.push(controller);
  const response = await fetch(`${service.origin}/api/v1/events`, { headers: { authorization: `Bearer ${service.users[login].token}` }, signal: controller.signal });
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type'), /^text\/event-stream/);
  const events = [];
  let text = '';
  (async () => {
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop();
      for (const block of blocks) {
        const fields = Object.fromEntries(block.split('\n').filter((line) => line.includes(': ')).map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
        if (fields.event === 'change') events.push({ ...JSON.parse(fields.data), record: JSON.parse(fields.data).id, eventId: fields.id });
      }
    }
  })().catch(() => {});
  const wait = async (condition, milliseconds = 2000) => {
    const until = Date.now() + milliseconds;
    while (Date.now() < until) {
      const found = events.find(condition);
      if (found) return found;
      await new Promise((done) => { setTimeout(done, 20); });
    }
    return undefined;
  };
  return { events, wait };
}

test('a change appears within two seconds for who may read it, and not for others', async () => {
  const [mine, manager, other, msl] = [await listen('mr1'), await listen('manager1'), await listen('mr3'), await listen('msl1')];
  const { id } = await service.as('mr1').create('hcp', { family_name: '実況' });
  const created = await mine.wait((event) => event.record === id && event.action === 'create');
  assert.ok(created, 'told to the owner');
  assert.deepEqual([created.object, created.version], ['hcp', 1]);
  assert.ok(await manager.wait((event) => event.record === id), 'to the manager of the team');
  assert.ok(await msl.wait((event) => event.record === id), 'to who reads all');
  await service.as('mr1').change('hcp', id, { position: '部長' });
  const updated = await mine.wait((event) => event.record === id && event.action === 'update');
  assert.equal(updated.version, 2);
  assert.ok(updated.position > created.position, 'positions grow');
  assert.equal(updated.eventId, String(updated.position));
  const memo = await service.as('mr1').create('visit', { hcp: id, temperature: 'neutral', memos: ['ひみつ'] });
  assert.ok(await mine.wait((event) => event.object === 'memo'));
  assert.ok(memo.id);
  await new Promise((done) => { setTimeout(done, 600); });
  assert.deepEqual(other.events, []);
  assert.ok(!msl.events.some((event) => event.object === 'visit'), 'nor a visit to who may not read visits of others');
});

test('events carry no field, so that nothing hidden is told', async () => {
  const marketing = await listen('marketing1');
  const { id } = await service.as('mr1').create('hcp', { family_name: '秘', email: 'secret@example.com' });
  const event = await marketing.wait((item) => item.record === id);
  assert.ok(event);
  assert.ok(!JSON.stringify(event).includes('secret'));
});

async function feedOf(client, since = 0) {
  const items = [];
  let position = since;
  for (;;) {
    const page = await client.read('/api/v1/changes', { since: position });
    items.push(...page.items);
    if (page.next === position) return { items, next: position };
    position = page.next;
  }
}

async function feedUntil(client, since, condition) {
  const until = Date.now() + 2000;
  for (;;) {
    const feed = await feedOf(client, since);
    if (feed.items.some(condition) || Date.now() > until) return feed;
    await new Promise((done) => { setTimeout(done, 50); });
  }
}

test('the feed tells each change once, in order, from where one left off', async () => {
  const start = (await feedOf(admin)).next;
  const { id } = await admin.create('hcp', { family_name: '順' });
  for (let count = 1; count <= 3; count += 1) await admin.change('hcp', id, { position: `p${count}` });
  await admin.expect(204, 'DELETE', `/api/v1/hcp/${id}`);
  await admin.expect(200, 'POST', `/api/v1/hcp/${id}/restore`);
  const { items, next } = await feedUntil(admin, start, (item) => item.action === 'restore');
  const own = items.filter((item) => item.id === id);
  assert.deepEqual(own.map((item) => [item.action, item.version]), [['create', 1], ['update', 2], ['update', 3], ['update', 4], ['delete', 5], ['restore', 6]]);
  assert.deepEqual(own[2].changes, { position: { from: 'p1', to: 'p2' } });
  assert.equal(own[0].by, service.user('admin'));
  const positions = items.map((item) => item.position);
  assert.deepEqual(positions, positions.toSorted((a, b) => a - b));
  assert.equal(new Set(positions).size, positions.length);
  assert.deepEqual((await feedOf(admin, next)).items, []);
});

test('the feed hides what its reader may not read: records and fields', async () => {
  const start = (await feedOf(admin)).next;
  const { id } = await admin.create('hcp', { family_name: '隠', prescribing: 'main', email: 'x@example.com', owner: service.user('mr1') });
  await feedUntil(admin, start, (item) => item.id === id);
  assert.ok(!(await feedOf(service.as('mr3'), start)).items.some((item) => item.id === id));
  const [forMsl] = (await feedOf(service.as('msl1'), start)).items.filter((item) => item.id === id);
  assert.ok('email' in forMsl.changes && !('prescribing' in forMsl.changes));
  const [forMarketing] = (await feedOf(service.as('marketing1'), start)).items.filter((item) => item.id === id);
  assert.ok('prescribing' in forMarketing.changes && !('email' in forMarketing.changes));
});

test('a position that is none is refused', async () => {
  for (const since of ['x', '-1', '1.5']) await admin.refused(422, 'GET', `/api/v1/changes?since=${since}`);
});

test('many listeners do not keep the server from answering', async () => {
  await Promise.all(Array.from({ length: 50 }, () => listen('mr1')));
  const begun = Date.now();
  for (let count = 0; count < 20; count += 1) await admin.read('/api/v1/hcp', { limit: 1 });
  assert.ok(Date.now() - begun < 5000);
});
