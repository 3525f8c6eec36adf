package registry

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"

	"bailiff/custody/encoding"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/registry/journal"
)

// compare finds what the database has otherwise than the journal and what is known besides.
func (r *reconciling) compare(ctx context.Context) error {
	c := &comparison{r: r, at: map[string]int{}, keyOf: map[string]string{}}
	for _, e := range r.entries {
		if err := c.entry(ctx, e); err != nil {
			return err
		}
	}
	for _, claim := range r.known.Claims {
		if err := c.change(ctx, Change{Fingerprint: claim.Fingerprint, Member: claim.Member, At: r.now}); err != nil {
			return err
		}
	}
	if r.known.WithdrawFree {
		return c.withdrawFree(ctx)
	}
	return nil
}

// comparison gathers changes.
type comparison struct {
	r     *reconciling
	at    map[string]int    // where among the changes a key is
	keyOf map[string]string // fingerprint, of members who get a key back
}

// entry adds what the journal says of a key.
func (c *comparison) entry(ctx context.Context, e *journal.Entry) error {
	member, err := journal.Member(c.r.before.key, c.r.j.ID, e.Fingerprint, e.Member)
	if err != nil {
		member = "" // withdrawn, or sealed to a database that is lost
	}
	err = c.change(ctx, Change{Fingerprint: e.Fingerprint, Batch: e.Batch, Member: member, At: e.Time, entry: e})
	if errors.Is(err, ErrNotImported) {
		err = fault.At(e.Batch, err)
	}
	return err
}

// change adds a change, unless the database, or a change before, has it so already.
func (c *comparison) change(ctx context.Context, want Change) error {
	has, err := c.r.p.holder(ctx, want.Fingerprint)
	if err != nil {
		return fault.At(want.Fingerprint, err)
	}
	want.Batch = has.batch
	i, changed := c.at[want.Fingerprint]
	if changed {
		has.member, has.withdrawn = c.r.out.Changes[i].Member, c.r.out.Changes[i].Member == ""
	}
	switch {
	case want.Member == has.member && (want.Member != "" || has.withdrawn):
		return nil
	case want.Member == "" && has.member != "" && want.entry != nil:
		return nil // the journal does not say who, the database does
	case has.member != "":
		return fault.At(want.Fingerprint, ErrConflict)
	case want.Member != "":
		if err := c.checkMember(ctx, want); err != nil {
			return err
		}
		c.keyOf[want.Member] = want.Fingerprint
	}
	if changed {
		c.r.out.Changes[i] = want
		return nil
	}
	c.at[want.Fingerprint] = len(c.r.out.Changes)
	c.r.out.Changes = append(c.r.out.Changes, want)
	return nil
}

// checkMember refuses a second key for a member.
func (c *comparison) checkMember(ctx context.Context, want Change) error {
	if other := c.keyOf[want.Member]; other != "" {
		return fault.At(want.Fingerprint, fault.At(other, ErrConflict))
	}
	k, err := c.r.p.KeyOf(ctx, want.Member)
	switch {
	case err == nil:
		return fault.At(want.Fingerprint, fault.At(k.Fingerprint, ErrConflict))
	case errors.Is(err, ErrNoKey):
		return nil
	}
	return err
}

// withdrawFree withdraws every key that would be free.
func (c *comparison) withdrawFree(ctx context.Context) error {
	return each(ctx, c.r.p.db, `SELECT fingerprint, batch FROM bailiff_key
		WHERE member IS NULL AND withdrawn IS NULL AND role = 'published' ORDER BY batch, number`, func(rows *sql.Rows) error {
		free := Change{At: c.r.now}
		if err := rows.Scan(&free.Fingerprint, &free.Batch); err != nil {
			return err
		}
		if _, changed := c.at[free.Fingerprint]; !changed {
			c.r.out.Changes = append(c.r.out.Changes, free)
		}
		return nil
	})
}

// holder is what the database says of a key.
type holder struct {
	batch, member string
	withdrawn     bool
}

func (p *Pool) holder(ctx context.Context, fingerprint string) (*holder, error) {
	var h holder
	var role string
	var member, withdrawn sql.NullString
	err := p.row(ctx, p.db, "SELECT batch, role, member, withdrawn FROM bailiff_key WHERE fingerprint = ?", fingerprint).
		Scan(&h.batch, &role, &member, &withdrawn)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, ErrNotImported
	case err != nil:
		return nil, err
	case role != keybatch.RolePublished:
		return nil, withheld(role)
	}
	h.member, h.withdrawn = member.String, withdrawn.Valid
	return &h, nil
}

// Claim says that a key is a member's, or, without a member, that it is not to be given to anybody.
type Claim struct{ Member, Fingerprint string }

// ParseClaims reads a platform's list of members and their keys: one line each, the reference of the member, a comma
// and the fingerprint, in either case, as programs export it; lines end in LF or CRLF, and a byte order mark may stand in front. A line without a member, only
// the comma and the fingerprint, is a key that is not to be given. [ErrList] names the line.
func ParseClaims(list []byte) ([]Claim, error) {
	list, err := encoding.Lines(list)
	if err != nil {
		return nil, err
	}
	var out []Claim
	n := 0
	for line := range strings.Lines(string(list)) {
		n++
		line = strings.TrimSuffix(line, "\n")
		comma := strings.LastIndexByte(line, ',')
		if comma < 0 {
			return nil, fault.At("line "+strconv.Itoa(n), ErrList)
		}
		c := Claim{Member: line[:comma], Fingerprint: strings.ToLower(line[comma+1:])}
		if keyvalue.CheckFingerprint(c.Fingerprint) != nil || c.Member != "" && CheckMember(c.Member) != nil {
			return nil, fault.At("line "+strconv.Itoa(n), ErrList)
		}
		out = append(out, c)
	}
	return out, nil
}
