// A small mail server for the tests: it takes mails in, or refuses, drops and stalls as it is told.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createSecureContext, createServer as createTlsServer, TLSSocket } from 'node:tls';

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

/** Certificates made for one run: an authority, and servers' certificates of it and of nobody. */
export function makeCertificates(folder) {
  const openssl = (...args) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '3650'];
  openssl('req', '-x509', ...key, '-subj', '/CN=Test authority', '-keyout', 'ca.key', '-out', 'ca.pem', '-addext', 'basicConstraints=critical,CA:TRUE');
  const issue = (name, san) => {
    openssl('req', ...key.slice(0, -2), '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`);
    writeFileSync(join(folder, `${name}.ext`), `subjectAltName=${san}\n`);
    openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '3650', '-extfile', `${name}.ext`, '-out', `${name}.pem`);
    return { key: readFileSync(join(folder, `${name}.key`)), cert: readFileSync(join(folder, `${name}.pem`)) };
  };
  return { authorities: join(folder, 'ca.pem'), right: issue('right', 'DNS:localhost'), other: issue('other', 'DNS:other.example') };
}

/**
 * A server on a free port of this machine. `behave` is called with each session's step ("connect",
 * "MAIL", "RCPT", "DATA", "END") and may return a reply, "drop", or a promise that never ends. With
 * `certificate` it speaks TLS: from the beginning (`tls: 'implicit'`), or after STARTTLS.
 */
export async function startMailServer({ tls = null, certificate = null } = {}) {
  const state = { mails: [], sessions: 0, logins: [], behave: () => undefined, sockets: new Set(), waiting: [], certificate, tls };
  const accept = (socket) => {
    state.sockets.add(socket);
    state.sessions += 1;
    socket.on('close', () => state.sockets.delete(socket));
    socket.on('error', () => {});
    void talk(socket, state);
  };
  const server = tls === 'implicit' ? createTlsServer(certificate, accept) : createServer(accept);
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  const wake = () => state.waiting.splice(0).forEach((done) => done());
  state.taken = wake;
  const [scheme, host] = [tls === 'implicit' ? 'smtps' : 'smtp', certificate ? 'localhost' : '127.0.0.1'];
  return Object.assign(state, {
    url: `${scheme}://${host}:${server.address().port}`,
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

/** Lines as they come, until the socket ends; whoever stops reading leaves the socket as it is. */
async function* lines(socket) {
  let text = '';
  const chunks = [];
  let wake = () => {};
  let ended = false;
  const onData = (chunk) => { chunks.push(chunk); wake(); };
  const onEnd = () => { ended = true; wake(); };
  socket.on('data', onData).on('end', onEnd).on('close', onEnd);
  try {
    for (;;) {
      const at = text.indexOf('\r\n');
      if (at >= 0) {
        yield text.slice(0, at);
        text = text.slice(at + 2);
      } else if (chunks.length) text += chunks.shift().toString('latin1');
      else if (ended) return;
      else await new Promise((done) => { wake = done; });
    }
  } finally {
    socket.off('data', onData).off('end', onEnd).off('close', onEnd);
  }
}

/** After STARTTLS the same talk begins anew, unheard by others. */
function encrypt(socket, state) {
  const secure = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(state.certificate) });
  secure.on('error', () => {});
  void talk(secure, state, true);
}

async function talk(socket, state, encrypted = state.tls === 'implicit') {
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
    if (!encrypted || state.tls === 'implicit') await step('connect', '', '220 test ESMTP');
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
        const more = state.tls === 'starttls' && !encrypted ? '250-STARTTLS\r\n' : '';
        reply(`250-test\r\n250-8BITMIME\r\n${more}250 AUTH LOGIN`);
      } else if (verb === 'STAR' && state.tls === 'starttls') {
        reply('220 go ahead');
        return encrypt(socket, state);
      } else if (verb === 'AUTH') {
        login = [];
        reply('334 VXNlcm5hbWU6');
      } else if (verb === 'MAIL') {
        mail = { from: /<(.*?)>/.exec(line)[1], to: [], encrypted };
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
