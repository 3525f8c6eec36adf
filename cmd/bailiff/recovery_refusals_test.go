package main

import (
	"os"
	"path/filepath"
	"strings"
)

// refused runs a step of recover.py, which must fail with those words and write nothing.
func (s *stranger) refused(want string, args ...string) {
	s.t.Helper()
	py := &stock{s.t, s.kept, []string{"PATH=" + stockPath}}
	out := filepath.Join(s.t.TempDir(), "out")
	said, notes, err := py.try("", "/usr/bin/python3", append([]string{absolute(s.t, recoveryScript)}, append(args, "--out", out)...)...)
	if err == nil || said != "" || notes != "recover: "+want+"\n" {
		s.t.Errorf("recover.py %s: %v, says %q and %q, want %q", strings.Join(args, " "), err, said, notes, want)
	}
	if _, err := os.Stat(out); err == nil {
		s.t.Errorf("recover.py %s wrote something", strings.Join(args, " "))
	}
}

func (s *stranger) refuses(volumes []string) {
	s.t.Helper()
	records := filepath.Join(filepath.Dir(volumes[0]), "records.txt")
	genuine := readText(s.t, filepath.Join(s.kept, "c03.share"))
	digit := map[bool]string{true: "1", false: "0"}[strings.HasSuffix(genuine, "0\n")]
	writeText(s.t, filepath.Join(s.kept, "forged"), genuine[:len(genuine)-2]+digit+"\n")
	writeText(s.t, filepath.Join(s.kept, "renamed"), strings.Replace(genuine, "custodian: c03", "custodian: c05", 1))
	s.refused("3 shares are needed, 2 given", "combine", "c01.share", "c03.share", "--records", records)
	s.refused("wrong share: c03", "combine", "c01.share", "c02.share", "forged", "--records", records)
	s.refused("wrong share: c05", "combine", "c01.share", "c02.share", "renamed", "--records", records)
	s.refused("twice the same: custodian", "combine", "c01.share", "c02.share", "c03.share", "forged", "--records", records)
	s.refused("twice the same: x", "combine", "c01.share", "c02.share", "c03.share", "renamed", "--records", records)
	s.refused("the shares contradict each other: use --records", "combine", "c01.share", "c02.share", "c04.share", "forged")
	s.refusesAltered()
}

// refusesAltered tries the token of somebody else, and a share that was changed on its way.
func (s *stranger) refusesAltered() {
	s.t.Helper()
	const other = "decryption failed: other token, or changed file"
	public := map[string]string{}
	for _, h := range s.holders {
		_, after, _ := strings.Cut(readText(s.t, h.token), "\nsealing: ")
		public[h.custodian], _, _ = strings.Cut(after, "\n")
	}
	s.refused("no stanza of this file is for that token", "stanza", "share-c01.age", "--public", public["c02"])
	s.refused(other, "share", "share-c01.age", "--public", public["c01"], "--ecdh", "c02.ecdh")
	file := readText(s.t, filepath.Join(s.kept, "share-c01.age"))
	header := strings.Index(file, "\n---")
	for at, want := range map[int]string{
		header - 20:   other,                    // the wrapped file key
		header + 10:   "the header was altered", // its MAC
		len(file) - 1: other,                    // the payload
	} {
		altered := []byte(file)
		altered[at] = map[bool]byte{true: 'B', false: 'A'}[altered[at] == 'A']
		writeText(s.t, filepath.Join(s.kept, "altered"), string(altered))
		s.refused(want, "share", "altered", "--public", public["c01"], "--ecdh", "c01.ecdh")
	}
}

// refusesForeign tries shares of another key and of another batch.
func (s *stranger) refusesForeign(key, batch *stranger) {
	s.t.Helper()
	s.refused("the shares differ in: key", "combine", "c01.share", "c02.share", filepath.Join(key.kept, "c05.share"))
	s.refused("the shares differ in: batch", "combine", "c01.share", "c02.share", filepath.Join(batch.kept, "c05.share"))
}
