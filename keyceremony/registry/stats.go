package registry

import (
	"context"
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
	if s.Reconciled, err = p.Reconciliations(ctx); err != nil {
		return nil, err
	}
	for i := range s.Batches {
		s.Free += s.Batches[i].Free
		s.Assigned += s.Batches[i].Assigned
		s.Withdrawn += s.Batches[i].Withdrawn
	}
	return s, nil
}

func (p *Pool) showVaults(ctx context.Context, s *Stats) error {
	rows, err := p.db.QueryContext(ctx, "SELECT vault, words, pinned FROM bailiff_anchor ORDER BY vault")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var v VaultStats
		var pinned string
		if err := rows.Scan(&v.Vault, &v.Words, &pinned); err != nil {
			return err
		}
		if v.Pinned, err = keyvalue.Time(pinned); err != nil {
			return fault.At(v.Vault, err)
		}
		s.Vaults = append(s.Vaults, v)
	}
	return rows.Err()
}

func (p *Pool) showBatches(ctx context.Context, s *Stats) error {
	rows, err := p.db.QueryContext(ctx, `SELECT b.batch, b.vault, b.profile, b.created, b.imported, b.file,
		b.published, b.burnt, b.reserve,
		(SELECT COUNT(*) FROM bailiff_key k WHERE k.batch = b.batch AND k.member IS NOT NULL),
		(SELECT COUNT(*) FROM bailiff_key k WHERE k.batch = b.batch AND k.withdrawn IS NOT NULL)
		FROM bailiff_batch b ORDER BY b.batch`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var b BatchStats
		var created, imported, file string
		if err := rows.Scan(&b.Batch, &b.Vault, &b.Profile, &created, &imported, &file,
			&b.Published, &b.Burnt, &b.Reserve, &b.Assigned, &b.Withdrawn); err != nil {
			return err
		}
		b.Free = b.Published - b.Assigned - b.Withdrawn
		if err := b.parse(created, imported, file); err != nil {
			return fault.At(b.Batch, err)
		}
		s.Batches = append(s.Batches, b)
	}
	return rows.Err()
}

func (b *BatchStats) parse(created, imported, file string) (err error) {
	if b.Created, err = keyvalue.Time(created); err != nil {
		return err
	}
	if b.Imported, err = keyvalue.Time(imported); err != nil {
		return err
	}
	b.File, err = keyvalue.Digest(file)
	return err
}
