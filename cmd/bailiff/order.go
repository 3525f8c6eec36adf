package main

import (
	"crypto/sha256"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/keyvalue"
	"bailiff/release"
)

// orderVerify reports whether an order is good, and from when it may be carried out; it records nothing.
func orderVerify(t *tool) *cobra.Command {
	var path string
	var flags cli.OrderFlags
	c := t.Leaf("order verify", "bailiff order verify --vault vault --order order.txt --signatures order.sig", func([]string) error {
		text, signatures, err := flags.Read()
		if err != nil {
			return err
		}
		v, err := custody.Open(t.host(), path, false)
		if err != nil {
			return err
		}
		defer v.Close()
		x, err := release.Verify(v, text, signatures, t.Now())
		if err != nil {
			return err
		}
		return t.tellVerified(x)
	})
	flags.Add(t.App, c)
	return t.onVault(c, &path, "order", "signatures")
}

// tellVerified shows an order that the vault accepts, and whether its time has come.
func (t *tool) tellVerified(x *release.Examined) error {
	shown := describeExamined(x)
	shown.Ready = keyvalue.FormatTime(x.Ready)
	waits := x.Waited(t.Now()) != nil
	err := t.Result(shown, func() {
		r := t.ReadOrder(x.Order, t.signedBy(x))
		r.ReadReceipt(shown)
		switch {
		case !waits:
			r.Part("order.good")
		case x.Received.IsZero():
			r.Part("order.good-unreceived", t.Lang.Moment(x.Ready))
			r.Note("order.to-receive")
		default:
			r.Part("order.good-waiting", t.Lang.Moment(x.Ready))
		}
		r.Show()
	})
	if err == nil && waits {
		err = cli.NotYet()
	}
	return err
}

func describeExamined(x *release.Examined) cli.OrderShown {
	shown := cli.DescribeOrder(x.Order, x.Signers)
	if !x.Received.IsZero() {
		shown.Received, shown.Ready = keyvalue.FormatTime(x.Received), keyvalue.FormatTime(x.Ready)
	}
	return shown
}

// orderReceive records that an order was presented, from when on it waits.
func orderReceive(t *tool) *cobra.Command {
	var path string
	var flags cli.OrderFlags
	c := t.Leaf("order receive", "bailiff order receive --vault vault --order order.txt --signatures order.sig", func([]string) error {
		text, signatures, err := flags.Read()
		if err != nil {
			return err
		}
		v, err := custody.Open(t.host(), path, true)
		if err != nil {
			return err
		}
		defer v.Close()
		x, err := release.Receive(v, text, signatures, t.Now())
		if err != nil {
			return t.refuse(v, text, err)
		}
		shown := describeExamined(x)
		return t.Result(shown, func() {
			r := t.ReadOrder(x.Order, t.signedBy(x))
			r.ReadReceipt(shown)
			r.Show()
			if cosigned, err := v.Log.Cosigned(); err == nil && cosigned < v.Log.Size() {
				t.sayCosign(path)
			}
		})
	})
	flags.Add(t.App, c)
	return t.onVault(c, &path, "order", "signatures")
}

// orderShow shows an order in plain words, without verifying its signatures; with a vault, also
// when that received it.
func orderShow(t *tool) *cobra.Command {
	var path string
	c := t.OrderShow("bailiff", func(text []byte, s *cli.OrderShown) error {
		if path == "" {
			return nil
		}
		v, err := custody.Open(t.host(), path, false)
		if err != nil {
			return err
		}
		defer v.Close()
		o := v.State.Orders[s.Order]
		if o == nil || o.Received.Act.OrderDigest != sha256.Sum256(text) {
			t.Note("order.not-received")
			return nil
		}
		s.Received, s.Ready = keyvalue.FormatTime(o.Received.Time), keyvalue.FormatTime(o.Ready())
		return nil
	})
	c.Flags().StringVar(&path, "vault", "", t.T("flag.vault"))
	return c
}
