// Command wallboard is a live terminal wallboard for contact-centre floors. It
// owns commands, flags, wiring, signals and exit codes; what is worth a unit
// test lives in the packages it wires together.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

// version is set by the build.
var version = "devel"

// Exit codes, part of the contract with scripts.
const (
	exitFine    = 0
	exitFailure = 1
	exitUsage   = 2
	exitBreach  = 3
)

// usageError marks what the user can mend in the call or the configuration.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// usagef returns an error that ends the program with exitUsage.
func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// errBreach ends the program with exitBreach.
var errBreach = errors.New("a breach was found")

// errUnwell ends the program with exitFailure where the report has said why.
var errUnwell = errors.New("a check fails")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, leave := untilHangUp(ctx, os.Stdin, os.Stdout, os.Stderr)
	defer leave()
	p := &program{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv,
	}
	os.Exit(p.run(ctx, os.Args[1:]))
}

// run executes one command line and returns its exit code.
func (p *program) run(ctx context.Context, args []string) int {
	root := p.rootCommand()
	root.SetArgs(args)
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, errBreach):
		return exitBreach
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		return exitFine // stopped by the user
	case errors.Is(err, errUnwell):
		return exitFailure
	case errors.As(err, &usage):
		fmt.Fprintf(p.stderr, "wallboard: %v\n", err)
		return exitUsage
	}
	fmt.Fprintf(p.stderr, "wallboard: %v\n", err)
	return exitFailure
}
