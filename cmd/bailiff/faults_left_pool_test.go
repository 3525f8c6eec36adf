package main_test

import (
	"context"
	"errors"
	"fmt"
)

// What the import into the platform's pool leaves when it is struck, and how it ends.

func leftImport(_ *plays, w *world) (outcome, error) {
	n, err := w.pooled()
	switch {
	case err != nil:
		return "", err
	case n == 0:
		return untouched, nil
	case n == published:
		return done, nil
	}
	return "", fmt.Errorf("%d keys of a batch are in the pool", n)
}

// pooled is how many keys the platform's pool can give; none when there is no pool.
func (w *world) pooled() (int, error) {
	if !w.there("pool.db") {
		return 0, nil
	}
	pool, db, err := w.pool()
	if err != nil {
		return 0, err
	}
	stats, err := pool.Show(context.Background())
	if err != nil {
		return 0, errors.Join(err, db.Close())
	}
	return stats.Free, db.Close()
}

func endedImport(_ *plays, w *world) error {
	if n, err := w.pooled(); err != nil || n != published {
		return fmt.Errorf("%d keys are in the pool: %w", n, err)
	}
	return nil
}
