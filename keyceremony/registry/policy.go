package registry

import (
	"context"
	"database/sql"
	"errors"

	"bailiff/custody/fault"
	"bailiff/custody/policy"
	"bailiff/keyceremony/keybatch"
)

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
