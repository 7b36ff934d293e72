package probe

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/muesli/cancelreader"

	"wallboard/tui/screen"
)

// AskTerminal asks the terminal of in and out, on its second screen, so that
// nothing of it is left to see.
func AskTerminal(ctx context.Context, in, out *os.File, o Options) (Result, error) {
	terminal, err := screen.OpenTerminal(in, out, screen.TerminalOptions{})
	if err != nil {
		return Result{}, err
	}
	var result Result
	err = terminal.Run(func() error {
		reader, err := cancelreader.NewReader(terminal.In())
		if err != nil {
			return fmt.Errorf("probe: read the terminal: %w", err)
		}
		defer reader.Cancel()
		result, err = Ask(ctx, entered{terminal, reader}, o)
		return err
	})
	return result, err
}

// entered is a terminal whose reading can be ended.
type entered struct {
	*screen.Terminal
	reader io.Reader
}

// In returns what is read from.
func (e entered) In() io.Reader { return e.reader }
