// Staged imports as a program does them: upload, rehearse, run, wait; and figures to compare.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { withQuery } from './client.mjs';

const CSV = { 'content-type': 'text/csv' };

export const upload = async (client, object, raw, file_name = 'file.csv') =>
  (await client.expect(201, 'POST', withQuery(`/api/v1/import/${object}/upload`, { file_name }), { raw, headers: CSV })).body;
export const at = (id, what = '') => `/api/v1/import/${id}${what}`;
export const rehearse = async (client, id, body = {}) => (await client.expect(200, 'POST', at(id, '/rehearsal'), { body })).body;

/** Waits for the end of whatever is going on; `states` collects what was seen on the way. */
export async function settle(client, body, states = []) {
  let record = body;
  for (;;) {
    states.push(record);
    if (!['running', 'undoing', 'cancelling'].includes(record.status)) return record;
    await pause(20);
    record = await client.read(at(record.id));
  }
}
export async function run(client, id, body, states) {
  const answer = await client.send('POST', at(id, '/run'), { body });
  assert.ok([200, 202].includes(answer.status), answer.text);
  return settle(client, answer.body, states);
}
export const undo = async (client, id) => settle(client, (await client.post(at(id, '/undo'))).body);
export const countsOf = ({ counts: { rows, created, updated, unchanged, skipped, left_out, failed } }) => ({ rows, created, updated, unchanged, skipped, left_out, failed });
export const counts = (rows, others) => ({ rows, created: 0, updated: 0, unchanged: 0, skipped: 0, left_out: 0, failed: 0, ...others });
