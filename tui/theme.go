package tui

import (
	"errors"

	"wallboard/metrics/clean"
	"wallboard/themes"
	"wallboard/tui/i18n"
)

// dressOrDefault dresses for the look in force. A theme of the viewer's own that
// is broken does not stop the board: the error is shown on another theme, the
// default if that is whole.
func (v *viewer) dressOrDefault() error {
	err := v.dress()
	var own *themes.OwnError
	if !errors.As(err, &own) {
		return err
	}
	for _, name := range append([]string{themes.Default}, v.look.Shelf.Names()...) {
		v.look.Theme = name
		if v.dress() == nil {
			v.notice = clean.Line(own.Error())
			return nil
		}
	}
	return err
}

// nextTheme changes to the next theme on the shelf. A theme by its path is left
// for the first one.
func (v *viewer) nextTheme() {
	names := v.look.Shelf.Names()
	next := names[0]
	for i, name := range names {
		if name == v.look.Theme {
			next = names[(i+1)%len(names)]
		}
	}
	v.setTheme(next)
}

func (v *viewer) setTheme(name string) {
	before := v.look.Theme
	v.look.Theme = name
	if err := v.dress(); err != nil {
		v.look.Theme = before
		v.notice = themeFault(err)
		return
	}
	v.notice = v.pen.Say.Fill(i18n.NoticeTheme, clean.Own(name))
}

// themeFault says why a theme cannot be used, without where in the program.
func themeFault(err error) clean.Text {
	if inner := errors.Unwrap(err); inner != nil {
		err = inner
	}
	return clean.Line(err.Error())
}
