package registry

import (
	"context"
	"database/sql"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

// Stats is what a pool holds.
type Stats struct {
	Mode     string       // "" as long as nothing was imported
	Vaults   []VaultStats // by vault
	Batches  []BatchStats // by batch
	Free     int          // keys that can be given to a member
	Assigned int          // keys that were

	Withdrawn  int          // keys that never can be: a reconciliation found that somebody has them, or did not know
	Reconciled []Reconciled // the first first
}

// VaultStats is a pinned trust anchor.
type VaultStats struct {
	Vault  string
	Words  string
	Pinned time.Time
}

// BatchStats is an imported batch.
type BatchStats struct {
	Batch, Vault   string
	Profile        string
	Created        time.Time // creation time of the keys
	Imported       time.Time
	File           [32]byte // SHA-256 of the public batch
	Published      int      // Free + Assigned + Withdrawn
	Burnt, Reserve int

	Free, Assigned, Withdrawn int
}

// Reconciled is a reconciliation that was done.
type Reconciled struct {
	Done                time.Time
	Returned, Withdrawn int
}

// Show returns what the pool holds.
func (p *Pool) Show(ctx context.Context) (*Stats, error) {
	s := new(Stats)
	var err error
	if s.Mode, err = p.Mode(ctx); err != nil {
		return nil, err
	}
	if err := p.showVaults(ctx, s); err != nil {
		return nil, err
	}
	if err := p.showBatches(ctx, s); err != nil {
		return nil, err
	}
	if err := p.showReconciled(ctx, s); err != nil {
		return nil, err
	}
	return s, nil
}

func (p *Pool) showVaults(ctx context.Context, s *Stats) error {
	return each(ctx, p.db, "SELECT vault, words, pinned FROM bailiff_anchor ORDER BY vault", func(rows *sql.Rows) error {
		var v VaultStats
		err := rows.Scan(&v.Vault, &v.Words, timeColumn{&v.Pinned})
		s.Vaults = append(s.Vaults, v)
		return fault.At(v.Vault, err)
	})
}

func (p *Pool) showBatches(ctx context.Context, s *Stats) error {
	return each(ctx, p.db, `SELECT b.batch, b.vault, b.profile, b.created, b.imported, b.file,
		b.published, b.burnt, b.reserve,
		(SELECT COUNT(*) FROM bailiff_key k WHERE k.batch = b.batch AND k.member IS NOT NULL),
		(SELECT COUNT(*) FROM bailiff_key k WHERE k.batch = b.batch AND k.withdrawn IS NOT NULL)
		FROM bailiff_batch b ORDER BY b.batch`, func(rows *sql.Rows) (err error) {
		var b BatchStats
		var file string
		if err = rows.Scan(&b.Batch, &b.Vault, &b.Profile, timeColumn{&b.Created}, timeColumn{&b.Imported}, &file,
			&b.Published, &b.Burnt, &b.Reserve, &b.Assigned, &b.Withdrawn); err == nil {
			b.File, err = keyvalue.Digest(file)
		}
		if err != nil {
			return fault.At(b.Batch, err)
		}
		b.Free = b.Published - b.Assigned - b.Withdrawn
		s.Free, s.Assigned, s.Withdrawn = s.Free+b.Free, s.Assigned+b.Assigned, s.Withdrawn+b.Withdrawn
		s.Batches = append(s.Batches, b)
		return nil
	})
}

func (p *Pool) showReconciled(ctx context.Context, s *Stats) error {
	return each(ctx, p.db, "SELECT done, returned, withdrawn FROM bailiff_reconciled ORDER BY done, entries", func(rows *sql.Rows) error {
		var r Reconciled
		err := rows.Scan(timeColumn{&r.Done}, &r.Returned, &r.Withdrawn)
		s.Reconciled = append(s.Reconciled, r)
		return err
	})
}
