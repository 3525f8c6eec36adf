// One OpenPGP program of npm, as a command: node tool.cjs FOLDER PACKAGE encrypt|decrypt KEY [WORDS]
// FOLDER holds node_modules. It reads standard input and writes standard output; any refusal is an
// exit code other than 0 with the library's words on standard error.
'use strict';
const fs = require('fs');
const path = require('path');
const { createRequire } = require('module');

const [folder, name, verb, file, words] = process.argv.slice(2);
const openpgp = createRequire(path.resolve(folder) + '/')(name);

async function encrypt(key) {
  const message = await openpgp.createMessage({ binary: fs.readFileSync(0) });
  const encryptionKeys = await openpgp.readKey({ armoredKey: key });
  return openpgp.encrypt({ message, encryptionKeys, format: 'armored' });
}

async function decrypt(key) {
  const message = await openpgp.readMessage({ armoredMessage: fs.readFileSync(0, 'utf8') });
  const locked = await openpgp.readPrivateKey({ armoredKey: key });
  const decryptionKeys = await openpgp.decryptKey({ privateKey: locked, passphrase: words });
  return (await openpgp.decrypt({ message, decryptionKeys, format: 'binary' })).data;
}

({ encrypt, decrypt })[verb](fs.readFileSync(file, 'utf8')).then(
  (out) => fs.writeSync(1, out),
  (error) => { console.error(String(error)); process.exitCode = 1; },
);
