// A small mail server for the tests: it takes mails in, or refuses, drops and stalls as it is told.
import { once } from 'node:events';
import { createServer } from 'node:net';

const unfolded = (head) => head.replaceAll(/\r\n[ \t]+/g, ' ');

/** Text of RFC 2047: encoded words in a row belong together. */
export function decodeWords(text) {
  return text.replaceAll(/\?=\s+=\?/g, '?==?').replaceAll(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_, code) => Buffer.from(code, 'base64').toString('latin1'))
    .replace(/[\s\S]*/, (all) => (/[\u0080-\u00ff]/.test(all) ? Buffer.from(all, 'latin1').toString('utf8') : all));
}

/** A mail taken apart: headers by lower-case name, and its parts with their decoded bytes. */
export function parseMail(raw) {
  const end = raw.indexOf('\r\n\r\n');
  const headers = {};
  for (const line of unfolded(raw.slice(0, end)).split('\r\n')) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const body = raw.slice(end + 4);
  const boundary = /boundary="?([^";]+)/.exec(headers['content-type'] ?? '')?.[1];
  if (!boundary) {
    const bytes = headers['content-transfer-encoding'] === 'base64' ? Buffer.from(body, 'base64') : Buffer.from(body);
    return { headers, parts: [{ headers, bytes }] };
  }
  const parts = body.split(`--${boundary}`).slice(1, -1).flatMap((part) => parseMail(part.replace(/^\r\n/, '')).parts);
  return { headers, parts };
}

/**
 * A server on a free port of this machine. `behave` is called with each session's step ("connect",
 * "MAIL", "RCPT", "DATA", "END") and may return a reply, "drop", or a promise that never ends.
 */
export async function startMailServer() {
  const state = { mails: [], sessions: 0, logins: [], behave: () => undefined, sockets: new Set(), waiting: [] };
  const server = createServer((socket) => {
    state.sockets.add(socket);
    state.sessions += 1;
    socket.on('close', () => state.sockets.delete(socket));
    socket.on('error', () => {});
    void talk(socket, state);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  const wake = () => state.waiting.splice(0).forEach((done) => done());
  state.taken = wake;
  return Object.assign(state, {
    url: `smtp://127.0.0.1:${server.address().port}`,
    /** Waits until `count` mails have come in altogether. */
    async expect(count, seconds = 30) {
      const until = Date.now() + seconds * 1000;
      while (state.mails.length < count) {
        if (Date.now() > until) throw new Error(`${state.mails.length} mails came instead of ${count}`);
        await Promise.race([new Promise((done) => state.waiting.push(done)), new Promise((done) => setTimeout(done, 200))]);
      }
      return state.mails;
    },
    stop() {
      for (const socket of state.sockets) socket.destroy();
      server.close();
    },
  });
}

async function* lines(socket) {
  let text = '';
  for await (const chunk of socket) {
    text += chunk.toString('latin1');
    for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n')) {
      yield text.slice(0, at);
      text = text.slice(at + 2);
    }
  }
}

async function talk(socket, state) {
  const reply = (text) => socket.write(`${text}\r\n`);
  const step = async (name, line, usual) => {
    const answer = (await state.behave(name, line)) ?? usual;
    if (answer === 'drop') socket.destroy();
    else reply(answer);
    return answer;
  };
  let mail = null;
  let data = null;
  let login = null;
  try {
    await step('connect', '', '220 test ESMTP');
    for await (const line of lines(socket)) {
      const verb = line.slice(0, 4).toUpperCase();
      if (data !== null) {
        if (line !== '.') {
          data.push(line.startsWith('.') ? line.slice(1) : line);
          continue;
        }
        const raw = Buffer.from(`${data.join('\r\n')}\r\n`, 'latin1').toString('utf8');
        data = null;
        const taken = { ...mail, raw, ...parseMail(raw) };
        // What the server has taken over, it has, whether or not its answer arrives.
        const answer = await step('END', raw, '250 taken');
        if (answer === 'drop' || answer.startsWith('2')) {
          state.mails.push(taken);
          state.taken();
        }
      } else if (login !== null) {
        login.push(Buffer.from(line, 'base64').toString());
        if (login.length === 2) {
          state.logins.push(login);
          login = null;
          reply('235 in');
        } else reply('334 UGFzc3dvcmQ6');
      } else if (verb === 'EHLO') {
        reply('250-test\r\n250-8BITMIME\r\n250 AUTH LOGIN');
      } else if (verb === 'AUTH') {
        login = [];
        reply('334 VXNlcm5hbWU6');
      } else if (verb === 'MAIL') {
        mail = { from: /<(.*?)>/.exec(line)[1], to: [] };
        await step('MAIL', line, '250 ok');
      } else if (verb === 'RCPT') {
        mail.to.push(/<(.*?)>/.exec(line)[1]);
        await step('RCPT', line, '250 ok');
      } else if (verb === 'DATA') {
        const answer = await step('DATA', line, '354 go on');
        if (answer.startsWith('354')) data = [];
      } else if (verb === 'QUIT') {
        reply('221 bye');
        socket.end();
      } else reply('250 ok');
    }
  } catch {
    // The other side is gone: there is nobody left to talk to.
  }
}
