// A server killed in the midst of writes loses nothing that it has acknowledged.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KIND, startService } from './harness.mjs';

const ROUNDS = KIND === 'sqlite' ? 20 : 5;
const WRITERS = 6;

/** Writes visits until the server is gone: ids acknowledged, and ids asked for in all. */
async function writeUntilKilled(client, hcp, acknowledged, isOver) {
  while (!isOver()) {
    try {
      const answer = await client.post('/api/v1/visit', { hcp, topics: [{ kind: 'need', text: 'durable' }] });
      if (answer.status === 201) acknowledged.push(answer.body.id);
    } catch {
      return; // the connection broke with the server
    }
  }
}

test(`${ROUNDS} times killed with SIGKILL while writing: no acknowledged write is lost, and nothing is kept by halves`, async () => {
  const service = await startService();
  const client = service.as('mr1');
  const { id: hcp } = await client.create('hcp', { family_name: '耐久' });
  const acknowledged = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    let over = false;
    const before = acknowledged.length;
    const writers = Array.from({ length: WRITERS }, () => writeUntilKilled(client, hcp, acknowledged, () => over));
    while (acknowledged.length < before + 3) await new Promise((done) => { setTimeout(done, 2); });
    await new Promise((done) => { setTimeout(done, Math.random() * 60); });
    await service.kill();
    over = true;
    await Promise.all(writers);
    await service.start();
    const visits = await client.all('visit', { hcp, fields: 'state' });
    const kept = new Set(visits.map((visit) => visit.id));
    const lost = acknowledged.filter((id) => !kept.has(id));
    assert.deepEqual(lost, [], `round ${round}`);
    assert.equal((await client.read(`/api/v1/hcp/${hcp}`)).visit_count, kept.size, 'the figures fit');
  }
  const visits = await client.all('visit', { hcp, fields: 'state' });
  const topics = await client.all('topic', { fields: 'visit' });
  assert.deepEqual(new Set(topics.map((topic) => topic.visit)), new Set(visits.map((visit) => visit.id)));
  assert.equal(topics.length, visits.length);
  await service.stop();
  const { code, out } = await service.ondo(['verify', '--seal']);
  assert.equal(code, 0, out);
});
