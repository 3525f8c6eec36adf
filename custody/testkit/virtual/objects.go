package virtual

import "bytes"

const maxObject = 3063 // bytes of a data object (Yubico)

// guarded are the objects that only the PIN shows: printed information (where a PIN-protected
// management key lies), fingerprints, facial and iris images (SP 800-73-4 part 1, table 2).
func guarded(id uint32) bool {
	return id == 0x5fc109 || id == 0x5fc103 || id == 0x5fc108 || id == 0x5fc121
}

// objectID reads the tag list that begins a command: 5C with an id of one to three bytes.
func objectID(body []byte) (id uint32, rest []byte, good bool) {
	if len(body) == 0 {
		return 0, nil, false
	}
	t, rest, err := nextTLV(body)
	if err != nil || t.tag != 0x5c || len(t.value) < 1 || len(t.value) > 3 {
		return 0, nil, false
	}
	for _, b := range t.value {
		id = id<<8 | uint32(b)
	}
	return id, rest, true
}

// getObject is GET DATA (SP 800-73-4 part 2, section 3.1.2).
func (c *Card) getObject(cmd command) ([]byte, status) {
	id, rest, good := objectID(cmd.body)
	switch {
	case cmd.p1 != 0x3f || cmd.p2 != 0xff:
		return nil, wrongParameters
	case !good || len(rest) > 0:
		return nil, wrongBody
	case id == objectDiscovery:
		return object(0x7e, append(object(0x4f, aidPIV), 0x5f, 0x2f, 2, 0x40, 0)), ok
	case guarded(id) && !c.session.verified:
		return nil, notAuthorised
	}
	stored, there := c.state.Objects[id]
	if !there {
		return nil, notFound
	}
	return object(0x53, stored), ok
}

// putObject is PUT DATA (section 3.3.1); an empty object is none.
func (c *Card) putObject(cmd command) status {
	id, rest, good := objectID(cmd.body)
	switch {
	case !c.session.managed:
		return notAuthorised
	case cmd.p1 != 0x3f || cmd.p2 != 0xff:
		return wrongParameters
	case !good || id == objectDiscovery:
		return wrongBody
	}
	all, err := parseTLV(rest)
	if err != nil || len(all) != 1 || all[0].tag != 0x53 {
		return wrongBody
	}
	if st := c.state.storable(id); st != ok {
		return st
	}
	switch content := all[0].value; {
	case len(content) > maxObject:
		return noRoom
	case len(content) == 0:
		delete(c.state.Objects, id)
	default:
		c.state.Objects[id] = bytes.Clone(content)
	}
	return ok
}
