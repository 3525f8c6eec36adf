package hostile

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"strings"

	"bailiff/custody/keypair"
	"bailiff/custody/strictzip"
)

// mediaCases are what can be wrong with the disk.
func mediaCases(w *world) []vector {
	volume := strings.TrimSuffix(w.manifestFile(), "manifest.txt") + "sealed-0001.zip"
	order := w.read("order.txt")
	name := []byte(fmt.Sprintf("%s-%s/share-c01.age", line(order, "key-number: "), line(order, "key: ")))
	at := bytes.Index(w.read(volume), name) + len(name) + 100
	return []vector{
		happening(58, "an order that is a symlink", "order", "durable.not-regular", "rename order.txt elsewhere.txt", "symlink order.txt elsewhere.txt"),
		happening(58, "an order that is a FIFO", "order", "durable.not-regular", "remove order.txt", "fifo order.txt"),
		happening(58, "an order that is a symlink to a device", "order", "durable.not-regular", "remove order.txt", "symlink order.txt /dev/zero"),
		happening(58, "an order that is a sparse file of a tebibyte", "order", "durable.too-large", "sparse order.txt 1099511627776"),
		happening(58, "an anchor that is a symlink", "vault", "durable.not-regular", "rename "+anchorFile+" elsewhere.anchor", "symlink "+anchorFile+" ../elsewhere.anchor"),
		happening(58, "an entry that is a FIFO", "vault", "ledger.unexpected", "remove "+entryFile(0), "fifo "+entryFile(0)),
		happening(58, "a policy that is a sparse file", "vault", "durable.too-large", "sparse "+policyFile+" 1099511627776"),
		happening(60, "a volume swapped between check and use", "release", "vault.zip-crc", fmt.Sprintf("meanwhile flip %s %d", volume, at)),
		happening(64, "a full disk", "release", "unix.enospc", "full"),
		happening(64, "a read-only disk", "release", "unix.erofs", "locked"),
	}
}

func entryFile(n int) string { return fmt.Sprintf("vault/ledger/entries/000000/%012d.txt", n) }

func checkpointFile(n int) string { return fmt.Sprintf("vault/ledger/checkpoints/%012d.txt", n) }

// vaultCases are vaults that were rolled back or forked.
func vaultCases(w *world) []vector {
	entries, err := fs.Glob(os.DirFS(w.dir), "vault/ledger/entries/000000/*.txt")
	w.must(err)
	size := len(entries)
	last := entryFile(size - 1)
	time := string(line(w.read(last), "time: "))
	later := "edit " + last + " " + time + " 2026-11-21T17:00:00Z"
	return []vector{
		happening(40, "a ledger that is older than the tokens", "heads", "ledger.stale", "copy vault kept", "release", "remove vault", "rename kept vault"),
		happening(62, "the last entry is gone", "vault", "ledger.stale", "remove "+last),
		happening(62, "a disk rolled back by an entry and its checkpoint", "heads", "ledger.stale", "remove "+last, "remove "+checkpointFile(size)),
		happening(63, "another last entry below the checkpoint", "vault", "ledger.fork", later),
		happening(63, "another last entry without the checkpoint", "heads", "ledger.fork", later, "remove "+checkpointFile(size)),
		happening(12, "a stray file in the vault", "vault", "custody.unknown-file", "copy order.txt vault/order.txt"),
		happening(36, "another manifest than the one that was cosigned", "vault", "custody.damaged", "edit "+w.manifestFile()+" keys:_6 keys:_7"),
	}
}

// batchCases are public batches by a dishonest ceremony, and ones that were altered.
func batchCases(w *world) []vector {
	twice := w.read("forged/twice.zip")
	anchor := part{anchorFile, w.read("forged/twice.anchor")}
	manifest := w.read(w.manifestFile())
	volume := []byte("volume: sealed-0001.zip")
	return []vector{
		replacing(65, "one key twice in a batch", "public", "keybatch.duplicate", "batch.zip", twice, anchor),
		replacing(34, "another vault's public batch", "public", "keybatch.vault", "batch.zip", twice),
		replacing(16, "every armored key of a batch with its lf", "public", accepted, "batch.zip", w.rearmored(func(int) bool { return true })),
		replacing(16, "one armored key of a batch with an lf more than the others", "public", "keybatch.armor", "batch.zip", w.rearmored(func(i int) bool { return i == 1 })),
		replacing(59, "a volume in another folder", "manifest", "vault.manifest-volumes", w.manifestFile(), bytes.Replace(manifest, volume, []byte("volume: ../sealed-0001.zip"), 1)),
		replacing(59, "a volume at an absolute path", "manifest", "vault.manifest-volumes", w.manifestFile(), bytes.Replace(manifest, volume, []byte("volume: /sealed-0001.zip"), 1)),
		replacing(47, "another leaf in a proof", "proof", "ledger.proof", "proof.txt", w.edited("proof.txt", string(line(w.read("proof.txt"), "leaf: ")), "sha256:"+strings.Repeat("0", 64))),
	}
}

// rearmored is the public batch, which was written when armored keys did not end with LF, with the armor of today for
// some of its keys, counted from 0.
func (w *world) rearmored(which func(i int) bool) []byte {
	file := w.read("batch.zip")
	r, err := strictzip.Open(bytes.NewReader(file), int64(len(file)))
	w.must(err)
	var out bytes.Buffer
	z := strictzip.NewWriter(&out)
	key := 0
	for i := range r.Len() {
		name, size := r.Entry(i)
		content, err := r.Read(i, size)
		w.must(err)
		if strings.HasSuffix(name, ".asc") {
			if which(key) {
				_, size := r.Entry(i + 1)
				binary, err := r.Read(i+1, size)
				w.must(err)
				content = keypair.Armor(binary)
			}
			key++
		}
		w.must(z.Add(name, content))
	}
	w.must(z.Close())
	return out.Bytes()
}

// zipItem is an entry as an attacker would write it.
type zipItem struct {
	name, data, local, extra string // local: the name in the local header
	method, flags            uint16
	shift, size              int // added to the offset and to the sizes that are stated
}

// zipFile writes a ZIP file in the strict profile but for what the items say.
func zipFile(items []zipItem, tail []byte) []byte {
	le := binary.LittleEndian
	var file, dir []byte
	for _, m := range items {
		if m.local == "" {
			m.local = m.name
		}
		common := func(b []byte, name string, extra int) []byte {
			for _, v := range []uint16{10, m.flags, m.method, 0, 33} {
				b = le.AppendUint16(b, v)
			}
			b = le.AppendUint32(b, crc32.ChecksumIEEE([]byte(m.data)))
			b = le.AppendUint32(b, uint32(len(m.data)+m.size))
			b = le.AppendUint32(b, uint32(len(m.data)+m.size))
			return le.AppendUint16(le.AppendUint16(b, uint16(len(name))), uint16(extra))
		}
		offset := len(file) + m.shift
		file = append(common(append(file, "PK\x03\x04"...), m.local, 0), m.local+m.data...)
		dir = common(append(dir, "PK\x01\x02\x1e\x03"...), m.name, len(m.extra))
		dir = append(dir, 0, 0, 0, 0, 0, 0)
		dir = le.AppendUint32(le.AppendUint32(dir, 0o100444<<16), uint32(offset))
		dir = append(dir, m.name+m.extra...)
	}
	end := append([]byte(nil), "PK\x05\x06\x00\x00\x00\x00"...)
	end = le.AppendUint16(le.AppendUint16(end, uint16(len(items))), uint16(len(items)))
	end = le.AppendUint32(le.AppendUint32(end, uint32(len(dir))), uint32(len(file)))
	return bytes.Join([][]byte{file, dir, end, {0, 0}, tail}, nil)
}

// zipCases are ZIP files: `a` and `b` hold `content`, and one thing is wrong.
func zipCases(*world) []vector {
	a, b := zipItem{name: "a", data: "content"}, zipItem{name: "b", data: "content"}
	with := func(change func(*zipItem)) []zipItem {
		out := b
		change(&out)
		return []zipItem{a, out}
	}
	named := func(name string) []zipItem { return []zipItem{{name: name, data: "content"}} }
	out := []vector{
		replacing(61, "a strict file of two entries", "zip", accepted, "batch.zip", zipFile([]zipItem{a, b}, nil)),
		replacing(61, "a byte behind the end", "zip", "vault.zip-end", "batch.zip", zipFile([]zipItem{a, b}, []byte{0})),
	}
	for _, c := range []struct {
		number        int
		title, expect string
		items         []zipItem
	}{
		{59, "a name that leaves the folder", "vault.zip-name", named("../a")},
		{59, "an absolute name", "vault.zip-name", named("/a")},
		{59, "a name with a backslash", "vault.zip-name", named(`..\a`)},
		{59, "names that differ in case", "vault.zip-name", []zipItem{{name: "A", data: "x"}, a}},
		{59, "a name that is file and folder", "vault.zip-collision", []zipItem{a, {name: "a/b", data: "x"}}},
		{61, "a name twice", "vault.zip-duplicate", []zipItem{a, a}},
		{61, "names in the other order", "vault.zip-order", []zipItem{b, a}},
		{61, "another name in the local header", "vault.zip-local", with(func(m *zipItem) { m.local = "c" })},
		{61, "overlapping entries", "vault.zip-gap", with(func(m *zipItem) { m.shift = -1 })},
		{61, "two entries in one place", "vault.zip-gap", with(func(m *zipItem) { m.shift = -38 })},
		{61, "a deflated entry", "vault.zip-method", with(func(m *zipItem) { m.method = 8 })},
		{61, "an entry of 4 GiB in a small file", "vault.zip-size", with(func(m *zipItem) { m.size = 0xffffff00 })},
		{61, "an extra field", "vault.zip-extra", with(func(m *zipItem) { m.extra = "\x01\x00\x00\x00" })},
		{61, "an encrypted entry", "vault.zip-flags", with(func(m *zipItem) { m.flags = 1 })},
		{61, "no entries", "vault.zip-empty", nil},
	} {
		out = append(out, replacing(c.number, c.title, "zip", c.expect, "batch.zip", zipFile(c.items, nil)))
	}
	return out
}
