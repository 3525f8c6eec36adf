package keyvalue

// Rest returns all fields that have not been read, and leaves none.
func (r *Reader) Rest() []Field {
	if r.err != nil {
		return nil
	}
	out := r.fields[r.next:]
	r.next = len(r.fields)
	return out
}
