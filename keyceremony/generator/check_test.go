package generator_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/seal"
	"bailiff/custody/testkit/custodytest"
	"bailiff/keyceremony/generator"
)

// records makes the keys of a job.
func records(t *testing.T, job generator.Job) (all []batch.SealedKey) {
	t.Helper()
	for k, err := range (&generator.InProcess{Rand: rand.Reader}).Generate(job) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, k)
	}
	return all
}

// TestKeyIsChecked: a process that makes keys is believed in nothing that can be looked at: number, public key,
// fingerprint, and that there is a share for each custodian, in order, sealed to the tokens of that custodian.
func TestKeyIsChecked(t *testing.T) {
	job := newJob(t, 2)
	all := records(t, job)
	strangers := newJob(t, 2)
	for what, c := range map[string]struct {
		edit func(k *batch.SealedKey)
		job  generator.Job
		want error
		at   string // the object at fault
	}{
		"as it was made":                  {func(*batch.SealedKey) {}, job, nil, ""},
		"another number":                  {func(k *batch.SealedKey) { k.Number = 2 }, job, generator.ErrNumber, ""},
		"the public key of another":       {func(k *batch.SealedKey) { k.Public = all[1].Public }, job, keypair.ErrUserID, ""},
		"the fingerprint of another":      {func(k *batch.SealedKey) { k.Fingerprint = all[1].Fingerprint }, job, generator.ErrFingerprint, ""},
		"no share":                        {func(k *batch.SealedKey) { k.Shares = nil }, job, generator.ErrCustodians, ""},
		"a share is missing":              {func(k *batch.SealedKey) { k.Shares = k.Shares[:2] }, job, generator.ErrCustodians, ""},
		"a share too many":                {func(k *batch.SealedKey) { k.Shares = append(k.Shares, k.Shares[2]) }, job, generator.ErrCustodians, ""},
		"shares out of order":             {func(k *batch.SealedKey) { slices.Reverse(k.Shares) }, job, generator.ErrCustodians, ""},
		"a custodian twice":               {func(k *batch.SealedKey) { k.Shares[1] = k.Shares[0] }, job, generator.ErrCustodians, ""},
		"an unknown custodian":            {func(k *batch.SealedKey) { k.Shares[2].Custodian = "c04" }, job, generator.ErrCustodians, ""},
		"a share sealed to another":       {func(k *batch.SealedKey) { k.Shares[1].File = k.Shares[0].File }, job, seal.ErrRecipients, "c02"},
		"the last share sealed to others": {func(k *batch.SealedKey) { k.Shares[2].File = k.Shares[1].File }, job, seal.ErrRecipients, "c03"},
		"a share that is no file":         {func(k *batch.SealedKey) { k.Shares[0].File = []byte("share") }, job, seal.ErrFile, "c01"},
		"a share that is empty":           {func(k *batch.SealedKey) { k.Shares[0].File = nil }, job, seal.ErrFile, "c01"},
		"tokens that nobody enrolled":     {func(*batch.SealedKey) {}, strangers, seal.ErrRecipients, "c01"},
	} {
		k := all[0]
		k.Shares = slices.Clone(k.Shares)
		c.edit(&k)
		err := generator.CheckKey(c.job, 1, &k)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", what, err, c.want)
		}
		if objects := fault.Objects(err); c.at != "" && (len(objects) == 0 || objects[0] != c.at) {
			t.Errorf("%s: named is %v, want %s", what, objects, c.at)
		}
	}
}

// TestJobIsChecked: what is no job makes no key, in a process or in this one.
func TestJobIsChecked(t *testing.T) {
	for what, tt := range map[string]struct {
		edit func(*generator.Job)
		want error
	}{
		"a batch without a name":    {func(j *generator.Job) { j.Batch = "batch" }, keyvalue.ErrValue},
		"from number 0":             {func(j *generator.Job) { j.From = 0 }, generator.ErrJob},
		"from its end to its begin": {func(j *generator.Job) { j.From, j.To = 3, 1 }, generator.ErrJob},
		"more than a batch holds":   {func(j *generator.Job) { j.From, j.To = batch.MaxKeys, batch.MaxKeys+1 }, generator.ErrJob},
		"a part of a second":        {func(j *generator.Job) { j.Created = j.Created.Add(time.Millisecond) }, generator.ErrJob},
		"no policy":                 {func(j *generator.Job) { j.Policy = nil }, keyvalue.ErrFormat},
		"a policy of another sort":  {func(j *generator.Job) { j.Policy = []byte(strings.ToUpper(string(j.Policy))) }, keyvalue.ErrFormat},
	} {
		job := newJob(t, 2)
		tt.edit(&job)
		begun := t.TempDir()
		for name, g := range map[string]generator.Generator{
			"process": processes(t, "generate", where+"="+begun), "goroutine": &generator.InProcess{Rand: rand.Reader},
		} {
			keys, last := 0, error(nil)
			for _, err := range g.Generate(job) {
				if last = err; err == nil {
					keys++
				}
				if keys > 0 {
					break // it would be a million
				}
			}
			if !errors.Is(last, tt.want) || keys > 0 {
				t.Errorf("%s, %s: %d keys, %v", what, name, keys, last)
			}
			if slices.Contains(fault.Objects(last), "000001") {
				t.Errorf("%s, %s: it was only seen at a key, %v", what, name, last)
			}
		}
		if files, err := os.ReadDir(begun); err != nil || len(files) > 0 {
			t.Errorf("%s: %d processes were started for it, %v", what, len(files), err)
		}
	}
	noChildren(t)
}

// TestWithoutRandomness: no key is made of what was not drawn, and what comes after the first error is nothing.
func TestWithoutRandomness(t *testing.T) {
	lost := errors.New("lost")
	g := &generator.InProcess{Rand: iotest.ErrReader(lost)}
	keys, failures := 0, 0
	for _, err := range g.Generate(newJob(t, 3)) {
		if errors.Is(err, lost) {
			failures++
		} else {
			keys++
		}
	}
	if keys != 0 || failures != 1 {
		t.Errorf("%d keys, %d errors", keys, failures)
	}
}

// TestTimeOfAKey: a time that OpenPGP cannot write is refused as that, at the first key.
func TestTimeOfAKey(t *testing.T) {
	job := newJob(t, 3)
	job.Created = time.Unix(-1, 0)
	for _, err := range (&generator.InProcess{Rand: rand.Reader}).Generate(job) {
		if !errors.Is(err, keypair.ErrCreated) || !slices.Equal(fault.Objects(err), []string{"000001"}) {
			t.Error(err)
		}
	}
	var out bytes.Buffer
	if err := generator.ServeJob(generator.AppendJob(job), &out); !errors.Is(err, keypair.ErrCreated) || out.Len() > 0 {
		t.Errorf("in a process: %v, %d bytes", err, out.Len())
	}
}

// TestKeysOfProduction: the keys of a vault in production bear no mark, and one that does is refused, whoever made it.
func TestKeysOfProduction(t *testing.T) {
	founding, err := custodytest.NewProduction(t, custodytest.Setup{Threshold: 2, Custodians: 3}).Build(t, keyvalue.Production)
	if err != nil {
		t.Fatal(err)
	}
	job := newJob(t, 2)
	marked := records(t, job)[0]
	if job.Policy, err = founding.Policy.Format(); err != nil {
		t.Fatal(err)
	}
	if err := generator.CheckKey(job, 1, &marked); !errors.Is(err, keypair.ErrMark) && !errors.Is(err, keypair.ErrUserID) {
		t.Errorf("a key of a rehearsal: %v", err)
	}
	for name, g := range map[string]generator.Generator{
		"process": processes(t, "generate"), "goroutine": &generator.InProcess{Rand: rand.Reader},
	} {
		keys := 0
		for k, err := range g.Generate(job) {
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if _, err := keypair.Check(keypair.V4Curve25519, k.Public, keypair.UserID(job.Batch, k.Number, false), job.Created, false); err != nil {
				t.Errorf("%s, key %d: %v", name, k.Number, err)
			}
			keys++
		}
		if keys != 2 {
			t.Errorf("%s: %d keys", name, keys)
		}
	}
}

// broken is where nothing can be written.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// TestNobodyReads: a process whose records cannot be written makes no more keys than fit between it and who asked for them.
func TestNobodyReads(t *testing.T) {
	job := generator.AppendJob(newJob(t, batch.MaxKeys))
	done := make(chan error, 1)
	go func() { done <- generator.ServeJob(job, broken{}) }()
	select {
	case err := <-done:
		if !errors.Is(err, io.ErrClosedPipe) {
			t.Error(err)
		}
	case <-time.After(15 * time.Second):
		t.Error("it goes on")
	}
	one := generator.AppendJob(newJob(t, 1)) // which waits to be written until the end
	if err := generator.ServeJob(one, broken{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("one key: %v", err)
	}
}
