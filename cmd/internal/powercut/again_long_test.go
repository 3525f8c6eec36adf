//go:build long

package powercut

import (
	"encoding/json"
	"slices"
	"strings"
)

// again runs the act that the power cut hit once more, as people would, and judges the end.
func (j *judge) again() {
	if j.vault != nil {
		_ = j.vault.Close()
		j.vault = nil
	}
	acts := j.Scene.acts(j.Batch)
	a := acts[j.Act]
	was := j.has[a.name]
	switch {
	case a.name == "delivered":
		j.releaseAgain(a.line)
	case a.name == "proved" && was:
	case a.name == "cosigned", a.name == "received":
		j.expect(0, a.line)
	case was:
		j.expect(9, a.line)
	default:
		j.expect(0, a.line)
	}
	if j.has["vault"] || a.name == "vault" {
		j.verifyAgain(a.name)
	}
}

// releaseAgain finishes a release. Whatever the cut left, the order is good for one kit.
func (j *judge) releaseAgain(line string) {
	code, said := run(line)
	switch {
	case j.has["delivered"]:
		if code != 8 {
			j.breaks("a used order: exit code %d\n%s", code, said)
		}
		return
	case code == 11:
		j.expect(0, j.cosign())
	case code != 0:
		j.breaks("the release, again: exit code %d\n%s", code, said)
		return
	}
	j.expect(8, line)
}

// cosign is the command that has the ledger cosigned as it stands.
func (j *judge) cosign() string {
	acts := j.Scene.acts(j.Batch)
	return acts[slices.IndexFunc(acts, func(a act) bool { return a.name == "cosigned" })].line
}

func (j *judge) expect(code int, line string) {
	if got, said := run(line); got != code {
		j.breaks("%s: exit code %d, not %d\n%s", line, got, code, said)
	}
}

// verifyAgain makes sure that nothing is left unfinished.
func (j *judge) verifyAgain(act string) {
	code, said := run("bailiff vault verify --vault " + j.Scene.hall("vault"))
	var v struct {
		Unfinished string   `json:"unfinished_batch"`
		Pending    []string `json:"pending_orders"`
		Leftovers  []string `json:"leftovers"`
	}
	// Progress and notes may come before the result.
	if i := strings.Index(said, "{"); i >= 0 {
		_ = json.Unmarshal([]byte(said[i:]), &v)
	}
	switch {
	case code != 0:
		j.breaks("verify after %s was run again: exit code %d\n%s", act, code, said)
	case v.Unfinished != "" || len(v.Pending) > 0 || len(v.Leftovers) > 0:
		j.breaks("left unfinished after %s was run again: %+v", act, v)
	}
}
