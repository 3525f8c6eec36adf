//go:build long

package main

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"bailiff/custody/testkit/stocktest"
)

// How a struck command is judged: what it left verifies or is named, the same command finishes it and
// says whether it goes on or begins anew, and in the end nothing is unfinished.

const (
	initLine   = "bailiff vault init --vault founded --policy policy.toml --json" + allTokens
	cosignLine = "bailiff ledger cosign --vault vault --json" + allTokens
	importLine = "bailiff-platform batch import batch.zip --trust vault/trust.anchor --database sqlite:pool.db --rehearsal --json --anchor-words "
)

// again runs a command that has to finish, and holds whether it says a sentence.
func again(dir, line, sentence string, says bool) error {
	o, err := perform(dir, line)
	if err != nil {
		return err
	}
	if o.code != 0 || strings.Contains(o.errors, sentence) != says {
		return fmt.Errorf("exit code %d; that it says %q should be %v:\n%s", o.code, sentence, says, o.errors)
	}
	return nil
}

func judgeInit(dir string) (string, error) {
	stage := "made"
	if present(dir, "founded") {
		if err := must(dir, 9, initLine, nil); err != nil {
			return stage, err
		}
	} else {
		begun := present(dir, "founded.part")
		stage = map[bool]string{false: "nothing", true: "begun"}[begun]
		if err := must(dir, 10, "bailiff vault verify --vault founded --json", nil); err != nil {
			return stage, err
		}
		if err := again(dir, initLine, "everything begins anew", begun); err != nil {
			return stage, err
		}
	}
	var v verified
	err := must(dir, 0, "bailiff vault verify --vault founded --json", &v)
	if err == nil && (v.Entries != 1 || v.Uncosigned != 0 || len(v.Leftovers) > 0 || present(dir, "founded.part")) {
		err = fmt.Errorf("left unfinished: %+v", v)
	}
	return stage, err
}

func judgeCeremony(dir, line string) (string, error) {
	left, err := inspect(dir, 1)
	if err != nil || left.stage == "proved" {
		return left.stage, err
	}
	if left.batch != "" {
		if err := checkUnpublished(dir, left.batch); err != nil {
			return left.stage, err
		}
	}
	return left.stage, resumeCeremony(dir, line, left, straceKeys)
}

func judgeRelease(dir, line string, f facts) (string, error) {
	left, err := inspect(dir, 1)
	if err != nil {
		return left.stage, err
	}
	return left.stage, errors.Join(resumeRelease(dir, line, left), checkFinished(dir), checkKit(dir, f), must(dir, 8, line, nil))
}

// exportsOf counts the entries of a batch's exports.
func exportsOf(dir, batch string) (n int, err error) {
	var entries []entryShown
	err = must(dir, 0, "bailiff ledger show --vault vault --json", &entries)
	for _, e := range entries {
		if e.Kind == "batch-exported" && e.Fields[0][1] == batch {
			n++
		}
	}
	return n, err
}

func judgeExport(dir, line, batch string) (string, error) {
	known, err := exportsOf(dir, batch)
	if err != nil {
		return "", err
	}
	if err := must(dir, 0, "bailiff vault verify --vault vault --json", nil); err != nil {
		return "", err
	}
	stage := "nothing"
	switch {
	case present(dir, "late.zip"):
		stage, err = "exported", must(dir, 9, line, nil)
	case known > 0:
		stage, err = "recorded", again(dir, line, "the same file is written again", true)
	default:
		err = again(dir, line, "the same file is written again", false)
	}
	if err != nil {
		return stage, err
	}
	var shown struct{ Published int }
	if err := must(dir, 0, "bailiff-platform batch verify late.zip --trust vault/trust.anchor --json", &shown); err != nil {
		return stage, err
	}
	if known, err = exportsOf(dir, batch); err == nil && (known != 1 || shown.Published != straceKeys || present(dir, "late.zip.part")) {
		err = fmt.Errorf("%d entries, %d keys", known, shown.Published)
	}
	return stage, err
}

func judgeCosign(dir string) (string, error) {
	var v verified
	if err := must(dir, 0, "bailiff vault verify --vault vault --json", &v); err != nil {
		return "", err
	}
	stage := fmt.Sprintf("%d uncosigned", v.Uncosigned)
	return stage, errors.Join(must(dir, 0, cosignLine, nil), checkFinished(dir))
}

// judgeImport holds a pool to all of the batch's keys or none, and to what SQLite itself says of it.
func judgeImport(dir, line string) (string, error) {
	var first, second struct{ Published, New, Known int }
	if err := must(dir, 0, line, &first); err != nil {
		return "", err
	}
	stage := map[bool]string{true: "nothing", false: "imported"}[first.New > 0]
	if first.New != 0 && first.Known != 0 || first.New+first.Known != first.Published {
		return stage, fmt.Errorf("half a batch was in the pool: %+v", first)
	}
	if err := must(dir, 0, line, &second); err != nil {
		return stage, err
	}
	if second.New != 0 || second.Known != first.Published {
		return stage, fmt.Errorf("then %+v", second)
	}
	cmd := exec.Command("sqlite3", filepath.Join(dir, "pool.db"), "PRAGMA integrity_check; SELECT count(*) FROM bailiff_key WHERE role = 'published';")
	out, err := stocktest.Try(cmd)
	if err == nil && out != fmt.Sprintf("ok\n%d\n", first.Published) {
		err = fmt.Errorf("the pool is %q", out)
	}
	return stage, err
}
