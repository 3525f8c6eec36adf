package registry

import (
	"context"
	"crypto/subtle"
	"database/sql"
	"errors"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/words"
	"bailiff/keyceremony/keybatch"
)

// Pinned returns the trust anchor that is pinned for a vault, or [ErrNotPinned].
func (p *Pool) Pinned(ctx context.Context, vault string) (*policy.Anchor, error) {
	text, err := p.pinned(ctx, p.db, vault)
	if err != nil {
		return nil, err
	}
	a, err := policy.ParseAnchor([]byte(text))
	return a, fault.At(vault, err)
}

// pinned returns the text of the anchor.
func (p *Pool) pinned(ctx context.Context, q querier, vault string) (text string, err error) {
	err = p.row(ctx, q, "SELECT anchor FROM bailiff_anchor WHERE vault = ?", vault).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		err = fault.At(vault, ErrNotPinned)
	}
	return text, err
}

// Pin pins the trust anchor of a vault, of which only public batches are imported from then on.
// typed is what a person read on the paper minutes and typed, in any spelling that
// [words.NormalizeAnchor] reads; when those are not the anchor's words, [ErrWords]. To pin the same
// anchor again changes nothing; another one for the same vault is refused with [ErrAnchorChanged],
// one of the other mode than the pool's with [ErrMode].
func (p *Pool) Pin(ctx context.Context, a *policy.Anchor, typed string, now time.Time) error {
	text, err := a.Format()
	if err != nil {
		return err
	}
	if _, err := policy.ParseAnchor(text); err != nil {
		return fault.At(a.Vault, err)
	}
	if err := CheckWords(a, typed); err != nil {
		return err
	}
	want, err := a.Words()
	if err != nil {
		return err
	}
	return p.change(ctx, func(tx *sql.Tx) error {
		if err := p.checkMode(ctx, tx, a.Mode); err != nil {
			return fault.At(a.Mode, err)
		}
		known, err := p.pinned(ctx, tx, a.Vault)
		switch {
		case errors.Is(err, ErrNotPinned):
			return p.exec(ctx, tx, "INSERT INTO bailiff_anchor (vault, anchor, words, pinned) VALUES (?, ?, ?, ?)",
				a.Vault, string(text), want, keyvalue.FormatTime(now))
		case err == nil && known != string(text):
			err = fault.At(a.Vault, ErrAnchorChanged)
		}
		return err
	})
}

// CheckWords checks that somebody typed the words of an anchor, in any spelling that [words.NormalizeAnchor] reads;
// [ErrWords] when they are others.
func CheckWords(a *policy.Anchor, typed string) error {
	want, err := a.Words()
	if err != nil {
		return err
	}
	got, err := words.NormalizeAnchor(typed)
	if err != nil {
		return err
	}
	if subtle.ConstantTimeCompare([]byte(got), []byte(want)) != 1 {
		return fault.At(a.Vault, ErrWords)
	}
	return nil
}

// Policy returns the policy of a vault, as its imported batches state it: the one that the pinned anchor pins. [ErrNoPolicy]
// when none of them was imported by a program that keeps policies.
func (p *Pool) Policy(ctx context.Context, vault string) (*policy.Policy, error) {
	var text string
	err := p.row(ctx, p.db, "SELECT policy FROM bailiff_policy WHERE vault = ? ORDER BY number DESC LIMIT 1", vault).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) || p.d.noTable(err) {
		return nil, fault.At(vault, ErrNoPolicy)
	}
	if err != nil {
		return nil, err
	}
	kept, err := policy.Parse([]byte(text))
	if err != nil {
		return nil, fault.At(vault, errors.Join(ErrDatabase, err))
	}
	return kept, nil
}

// keepPolicy keeps the policy of a verified batch.
func (p *Pool) keepPolicy(ctx context.Context, tx *sql.Tx, v *keybatch.Verified, now string) error {
	text, err := v.Policy.Format()
	if err != nil {
		return fault.At(v.Vault, err)
	}
	return p.exec(ctx, tx, `INSERT INTO bailiff_policy (vault, number, policy, imported) VALUES (?, ?, ?, ?)
		ON CONFLICT (vault, number) DO NOTHING`, v.Vault, v.Policy.Number, string(text), now)
}

// addPolicies gives a pool that was made before policies were kept their table.
func (p *Pool) addPolicies(ctx context.Context) error {
	var n int
	err := p.row(ctx, p.db, "SELECT COUNT(*) FROM bailiff_policy").Scan(&n)
	if !p.d.noTable(err) {
		return err
	}
	return p.transact(ctx, func(tx *sql.Tx) error { return p.tables(ctx, tx) })
}
