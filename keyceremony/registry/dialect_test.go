package registry

import (
	"errors"
	"fmt"
	"testing"
)

type coded int

func (c coded) Error() string { return "coded" }
func (c coded) Code() int     { return int(c) }

type stated string

func (s stated) Error() string    { return "stated" }
func (s stated) SQLState() string { return string(s) }

func TestDialect(t *testing.T) {
	const query = "UPDATE t SET a = ? WHERE b = ? AND c = ?"
	if got := PostgreSQL.bind(query); got != "UPDATE t SET a = $1 WHERE b = $2 AND c = $3" {
		t.Error(got)
	}
	if got := SQLite.bind(query); got != query {
		t.Error(got)
	}
	for _, c := range []struct {
		d    Dialect
		err  error
		want bool
	}{
		{SQLite, coded(5), true}, {SQLite, coded(517), true}, {SQLite, coded(6), true}, {SQLite, coded(19), false},
		{SQLite, stated("40001"), false}, {SQLite, errors.New("any"), false}, {SQLite, nil, false},
		{PostgreSQL, stated("40001"), true}, {PostgreSQL, stated("40P01"), true}, {PostgreSQL, stated("23505"), false},
		{PostgreSQL, coded(5), false},
	} {
		if got := c.d.busy(fmt.Errorf("wrapped: %w", c.err)); got != c.want {
			t.Errorf("%d: busy(%v) = %v", c.d, c.err, got)
		}
	}
}
