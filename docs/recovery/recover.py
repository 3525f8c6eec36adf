#!/usr/bin/python3
"""Open a bailiff key with k tokens and without bailiff. Manual: docs/recovery.md.

Needs Python 3.9 and python3-cryptography 38 or later. Follows age v1 with p256tag stanzas
(c2sp.org/age), HPKE (RFC 9180), HKDF (RFC 5869), and docs/formats.md, Share.

Three steps. The token's own operation, a raw ECDH, happens outside, between the first two:
  recover.py stanza   SHARE.age --public POINT --out PEER.der    the point for the token, in DER
  recover.py share    SHARE.age --public POINT --ecdh FILE --out SHARE.txt
  recover.py combine  SHARE.txt... [--records FILE] --out DATAKEY
  recover.py selftest testdata/shamir.txt                        known answers for combine

Nothing is overwritten, and a secret is only ever written to the file named by --out, mode 0600.
"""
import base64, hashlib, hmac, os, re, sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LABEL = b"age-encryption.org/p256tag"
FIELDS = {"vault": "[0-9a-f]{32}", "batch": "b[0-9]{8}-[0-9a-f]{6}",
          "key": "[0-9a-f]{40}|[0-9a-f]{64}", "custodian": "c[0-9]{2}", "x": "[1-9][0-9]{0,2}",
          "threshold": "[1-9][0-9]?", "custodians": "[1-9][0-9]?", "share": "[0-9a-f]{64}"}

def need(condition, message):
    if not condition:
        sys.exit("recover: " + message)

def mac(key, data):
    return hmac.digest(key, data, "sha256")

def expand(prk, info, length):  # HKDF-Expand of at most 32 bytes, RFC 5869 section 2.3
    return mac(prk, info + b"\x01")[:length]

def unbase64(text):  # age: standard alphabet, no padding, one encoding only
    data = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    need(base64.b64encode(data).decode().rstrip("=") == text, "base64 is not canonical")
    return data

# ---- age v1: the header, its MAC, the payload ----
def parse_age(data):
    """Return ([(arguments, body)...], the header bytes under the MAC, the MAC, the payload)."""
    end = data.find(b"\n--- ")
    need(data.startswith(b"age-encryption.org/v1\n-> ") and end > 0, "this is no age v1 file")
    last = data.index(b"\n", end + 1)
    blocks = [block.split("\n") for block in data[:end].decode("ascii").split("\n-> ")[1:]]
    stanzas = [(lines[0].split(" "), unbase64("".join(lines[1:]))) for lines in blocks]
    return stanzas, data[:end + 4], unbase64(data[end + 5:last].decode("ascii")), data[last + 1:]

def decrypt_payload(file_key, payload):  # STREAM; a share fits in its first and last chunk
    need(32 < len(payload) <= 16 + 65536 + 16, "this payload holds no share")
    key = expand(mac(payload[:16], file_key), b"payload", 32)
    return ChaCha20Poly1305(key).decrypt(bytes(11) + b"\x01", payload[16:], None)

# ---- the p256tag stanza: whose it is, and HPKE with an ECDH done by the token ----
def parse_point(text):
    raw = bytes.fromhex(text.removeprefix("p256:"))
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)

def stanza_for(stanzas, token):
    """The (enc, body) of the stanza that carries the tag of the token with that public key."""
    compressed = token.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    for arguments, body in stanzas:
        if arguments[0] == "p256tag" and len(arguments) == 3 and len(body) == 32:
            tag, enc = unbase64(arguments[1]), unbase64(arguments[2])
            if tag == mac(LABEL, enc + hashlib.sha256(compressed).digest()[:4])[:4]:
                return enc, body
    sys.exit("recover: no stanza of this file is for that token")

def hpke_open(dh, token, enc, body):
    """RFC 9180: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, base mode."""
    def extract(suite, label, ikm, salt=b""):
        return mac(salt, b"HPKE-v1" + suite + label + ikm)

    def labeled(suite, prk, label, info, length):
        return expand(prk, length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info, length)

    kem, suite = b"KEM\x00\x10", b"HPKE\x00\x10\x00\x01\x00\x03"
    both = enc + token.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = labeled(kem, extract(kem, b"eae_prk", dh), b"shared_secret", both, 32)
    context = b"\x00" + extract(suite, b"psk_id_hash", b"") + extract(suite, b"info_hash", LABEL)
    secret = extract(suite, b"secret", b"", salt=shared)
    key = labeled(suite, secret, b"key", context, 32)
    nonce = labeled(suite, secret, b"base_nonce", context, 12)
    return ChaCha20Poly1305(key).decrypt(nonce, body, None)

# ---- the share record, its commitment, Shamir over GF(2^8) ----
def parse_share(data):
    lines = data.decode("ascii").split("\n")
    need(lines[0] == "bailiff-share/1" and lines[-1] == "" and len(lines) == 10, "no share record")
    share = {}
    for (field, form), line in zip(FIELDS.items(), lines[1:]):
        share[field] = line.removeprefix(field + ": ")
        need(line.startswith(field + ": ") and re.fullmatch(form, share[field]), "bad " + field)
    for field in ("x", "threshold", "custodians"):
        share[field] = int(share[field])
    need(share["x"] <= 255, "bad x")
    share["share"] = bytes.fromhex(share["share"])
    return share

def commitment(s):
    xkn = bytes([s["x"], s["threshold"], s["custodians"]])
    fields = [b"bailiff-commitment/1", *(s[f].encode() for f in list(FIELDS)[:4]), xkn, s["share"]]
    return hashlib.sha256(b"".join(len(f).to_bytes(4, "big") + f for f in fields)).hexdigest()

def check_commitments(shares, records):
    """Compare each share with its line in records.txt, in the block of its key."""
    text = Path(records).read_text("ascii")
    block = re.search("^key: [0-9]{6} " + shares[0]["key"] + "\n((?!key: ).*\n)*", text, re.M)
    need(block, "records.txt does not know this key")
    for s in shares:
        line = "^share: %s %d [0-9a-f]{64} %s$" % (s["custodian"], s["x"], commitment(s))
        need(re.search(line, block.group(0), re.M), "wrong share: " + s["custodian"])

def multiply(a, b):  # in GF(2^8) modulo x^8 + x^4 + x^3 + x + 1
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a = (a << 1) ^ (0x11b if a & 0x80 else 0)
        b >>= 1
    return product

def interpolate(points, at):
    """The value at `at` of the polynomials through the points (x, 32 bytes); Lagrange."""
    result = bytes(32)
    for xi, yi in points:
        weight = 1
        for xj in (x for x, _ in points if x != xi):  # times (at - xj) / (xi - xj); minus is xor
            inverse = next(b for b in range(256) if multiply(b, xi ^ xj) == 1)
            weight = multiply(multiply(weight, at ^ xj), inverse)
        result = bytes(r ^ multiply(weight, y) for r, y in zip(result, yi))
    return result

# ---- the three steps ----
def write(path, data):
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)

def stanza(args):
    stanzas, _, _, _ = parse_age(Path(args.file).read_bytes())
    enc = parse_point(stanza_for(stanzas, parse_point(args.public))[0].hex())
    write(args.out, enc.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))

def share(args):
    dh, token = Path(args.ecdh).read_bytes(), parse_point(args.public)
    need(len(dh) == 32, "the result of the ECDH has %d bytes, not 32" % len(dh))
    stanzas, header, tag, payload = parse_age(Path(args.file).read_bytes())
    file_key = hpke_open(dh, token, *stanza_for(stanzas, token))
    need(mac(expand(mac(b"", file_key), b"header", 32), header) == tag, "the header was altered")
    text = decrypt_payload(file_key, payload)
    parse_share(text)
    write(args.out, text)

def combine(args):
    shares = [parse_share(Path(path).read_bytes()) for path in args.file]
    first, k, points = shares[0], shares[0]["threshold"], [(s["x"], s["share"]) for s in shares]
    for field in ("vault", "batch", "key", "threshold", "custodians"):
        need(all(s[field] == first[field] for s in shares), "the shares differ in: " + field)
    for field in ("custodian", "x"):
        need(len({s[field] for s in shares}) == len(shares), "twice the same: " + field)
    need(len(shares) >= k, "%d shares are needed, %d given" % (k, len(shares)))
    if args.records:
        check_commitments(shares, args.records)
    for x, y in points[k:]:
        need(interpolate(points[:k], x) == y, "the shares contradict each other: use --records")
    write(args.out, interpolate(points[:k], 0).hex().encode() + b"\n")
    print("data key of", first["key"], "written to", args.out)

def selftest(args):  # k shares of a vector give its secret: from each place, round the end
    vectors = re.findall("^(\\S+) (\\d+) \\d+ (\\S+) (.+)$", Path(args.file).read_text(), re.M)
    need(vectors, "no vector in " + args.file)
    for name, k, secret, rest in vectors:
        points = [(int(x), bytes.fromhex(y)) for x, y in re.findall("(\\d+):(\\S+)", rest)]
        for i in range(len(points)):
            need(interpolate((points * 2)[i:i + int(k)], 0).hex() == secret, "wrong: " + name)
    print(len(vectors), "vectors are right")

def main():
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, metavar="STEP")
    steps = {stanza: "public out", share: "public ecdh out", selftest: "", combine: "out"}
    for step, options in steps.items():
        command = commands.add_parser(step.__name__)
        command.set_defaults(step=step)
        command.add_argument("file", nargs="+" if step is combine else None)
        for option in options.split():
            command.add_argument("--" + option, required=True)
    command.add_argument("--records", help="records.txt, to check every share's commitment")
    args = parser.parse_args()
    try:
        args.step(args)
    except (InvalidTag, OSError, ValueError) as error:  # InvalidTag has no text of its own
        sys.exit("recover: " + (str(error) or "decryption failed: other token, or changed file"))

if __name__ == "__main__":
    main()
