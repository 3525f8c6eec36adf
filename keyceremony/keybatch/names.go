package keybatch

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

func enrolmentName(custodian string, index int) string {
	return fmt.Sprintf("%s%s-%d%s", enrolmentsDir, custodian, index, textExt)
}

func entryName(number int64, ext string) string {
	return fmt.Sprintf("%s%012d%s", entriesDir, number, ext)
}

func keyName(number int, fingerprint, ext string) string {
	return keysDir + keyvalue.FormatKeyNumber(number) + "-" + fingerprint + ext
}

// names yields the names of all the files that there must be, in the order of the ZIP file.
func (v *verifier) names() iter.Seq[string] {
	return func(yield func(string) bool) {
		head := []string{headerFile, burntFile, checkpointFile}
		for _, s := range v.policy.Signers() {
			head = append(head, enrolmentName(s.Custodian, s.Index))
		}
		for i := range v.entries.all {
			head = append(head, entryName(v.entries.all[i].Number, proofExt), entryName(v.entries.all[i].Number, textExt))
		}
		if !yieldAll(yield, head) {
			return
		}
		for _, n := range v.published {
			key := keyName(n, v.leaves[n-1].fingerprint, "")
			if !yieldAll(yield, []string{key + armoredExt, key + binaryExt, key + proofExt}) {
				return
			}
		}
		yieldAll(yield, []string{leavesFile, policyFile, batch.ReserveFile})
	}
}

func yieldAll(yield func(string) bool, names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return !yield(name) })
}

// checkNames compares the names of the ZIP file with those that there must be, both ascending,
// and finds where the keys begin.
func (v *verifier) checkNames() error {
	i := 0
	for want := range v.names() {
		got := ""
		if i < v.f.zip.Len() {
			got, _ = v.f.zip.Entry(i)
		}
		if got != want {
			return v.misplaced(got, want)
		}
		i++
	}
	if i < v.f.zip.Len() {
		name, _ := v.f.zip.Entry(i)
		return v.misplaced(name, "")
	}
	v.firstKey = i - 3 - keyFiles*len(v.published)
	return nil
}

// misplaced says what is wrong where got, or nothing, stands instead of want, or of nothing.
func (v *verifier) misplaced(got, want string) error {
	if got == "" || want != "" && got > want {
		return fault.At(want, ErrMissing)
	}
	rest, isKey := strings.CutPrefix(got, keysDir)
	digits, _, _ := strings.Cut(rest, "-")
	n, err := keyvalue.KeyNumber(digits)
	if isKey && err == nil && n <= len(v.leaves) && v.leaves[n-1].role != RolePublished {
		return fault.At(got, ErrNotPublished)
	}
	return fault.At(got, ErrUnexpected)
}
