package generator_test

import (
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/seal"
	"bailiff/custody/vault"
	"bailiff/keyceremony/generator"
)

// records makes the keys of a job.
func records(t *testing.T, job generator.Job) (all []vault.KeyRecord) {
	t.Helper()
	for k, err := range (&generator.InProcess{Workers: 1, Rand: rand.Reader}).Generate(job) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, k)
	}
	return all
}

// TestRecordIsChecked: a process that makes keys is believed in nothing that can be looked at: number, public key,
// fingerprint, and that there is a share for each custodian, in order, sealed to the tokens of that custodian.
func TestRecordIsChecked(t *testing.T) {
	job := newJob(t, 2)
	all := records(t, job)
	strangers := newJob(t, 2)
	for what, c := range map[string]struct {
		edit func(k *vault.KeyRecord)
		job  generator.Job
		want error
		at   string // the object at fault
	}{
		"as it was made":                  {func(*vault.KeyRecord) {}, job, nil, ""},
		"another number":                  {func(k *vault.KeyRecord) { k.Number = 2 }, job, generator.ErrNumber, ""},
		"the public key of another":       {func(k *vault.KeyRecord) { k.Public = all[1].Public }, job, keypair.ErrUserID, ""},
		"the fingerprint of another":      {func(k *vault.KeyRecord) { k.Fingerprint = all[1].Fingerprint }, job, generator.ErrFingerprint, ""},
		"no share":                        {func(k *vault.KeyRecord) { k.Shares = nil }, job, generator.ErrCustodians, ""},
		"a share is missing":              {func(k *vault.KeyRecord) { k.Shares = k.Shares[:2] }, job, generator.ErrCustodians, ""},
		"a share too many":                {func(k *vault.KeyRecord) { k.Shares = append(k.Shares, k.Shares[2]) }, job, generator.ErrCustodians, ""},
		"shares out of order":             {func(k *vault.KeyRecord) { slices.Reverse(k.Shares) }, job, generator.ErrCustodians, ""},
		"a custodian twice":               {func(k *vault.KeyRecord) { k.Shares[1] = k.Shares[0] }, job, generator.ErrCustodians, ""},
		"an unknown custodian":            {func(k *vault.KeyRecord) { k.Shares[2].Custodian = "c04" }, job, generator.ErrCustodians, ""},
		"a share sealed to another":       {func(k *vault.KeyRecord) { k.Shares[1].File = k.Shares[0].File }, job, seal.ErrRecipients, "c02"},
		"the last share sealed to others": {func(k *vault.KeyRecord) { k.Shares[2].File = k.Shares[1].File }, job, seal.ErrRecipients, "c03"},
		"a share that is no file":         {func(k *vault.KeyRecord) { k.Shares[0].File = []byte("share") }, job, seal.ErrFile, "c01"},
		"a share that is empty":           {func(k *vault.KeyRecord) { k.Shares[0].File = nil }, job, seal.ErrFile, "c01"},
		"tokens that nobody enrolled":     {func(*vault.KeyRecord) {}, strangers, seal.ErrRecipients, "c01"},
	} {
		k := all[0]
		k.Shares = slices.Clone(k.Shares)
		c.edit(&k)
		err := generator.CheckRecord(c.job, 1, &k)
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
	for what, edit := range map[string]func(*generator.Job){
		"a batch without a name":    func(j *generator.Job) { j.Batch = "batch" },
		"from number 0":             func(j *generator.Job) { j.From = 0 },
		"from its end to its begin": func(j *generator.Job) { j.From, j.To = 3, 1 },
		"more than a batch holds":   func(j *generator.Job) { j.From, j.To = vault.MaxKeys, vault.MaxKeys+1 },
		"a part of a second":        func(j *generator.Job) { j.Created = j.Created.Add(time.Millisecond) },
		"no policy":                 func(j *generator.Job) { j.Policy = nil },
		"a policy of another sort":  func(j *generator.Job) { j.Policy = []byte(strings.ToUpper(string(j.Policy))) },
	} {
		job := newJob(t, 2)
		edit(&job)
		for name, g := range map[string]generator.Generator{
			"process": processes(t, "generate"), "goroutine": &generator.InProcess{Workers: 1, Rand: rand.Reader},
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
			if last == nil || keys > 0 {
				t.Errorf("%s, %s: %d keys, %v", what, name, keys, last)
			}
		}
	}
	noChildren(t)
}

// TestWithoutRandomness: no key is made of what was not drawn, and what comes after the first error is nothing.
func TestWithoutRandomness(t *testing.T) {
	g := &generator.InProcess{Workers: 1, Rand: strings.NewReader("")}
	keys, failures := 0, 0
	for _, err := range g.Generate(newJob(t, 3)) {
		if err != nil {
			failures++
		} else {
			keys++
		}
	}
	if keys != 0 || failures != 1 {
		t.Errorf("%d keys, %d errors", keys, failures)
	}
}
