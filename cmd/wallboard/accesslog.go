package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"wallboard/tui"
)

// accessLog writes who looked at whose page, one JSON object a line, into the
// folder of the floor's state.
type accessLog struct {
	folder string
	by     string

	mu sync.Mutex
}

// accessLog returns where looks at people are noted, nil where no folder is known
// or nobody real is looked at.
func (p *program) accessLog(by string, s showing) tui.AccessLog {
	folder := p.file.State.Folder(p.getenv)
	if folder == "" || s.simDay != 0 {
		return nil
	}
	return &accessLog{folder: folder, by: by}
}

// Note appends one line; each is written whole, whoever else writes.
func (l *accessLog) Note(a tui.Access) (string, error) {
	line, err := json.Marshal(struct {
		At    string `json:"at"`
		By    string `json:"by"`
		Floor string `json:"floor"`
		Agent string `json:"agent"`
	}{time.UnixMilli(a.At).Format(time.RFC3339), l.by, a.Floor, a.Agent})
	if err != nil {
		return "", fmt.Errorf("access log: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	name := filepath.Join(l.folder, filepath.Base(filepath.Clean("/"+a.Floor)), "access.log")
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return "", fmt.Errorf("access log: %w", err)
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return "", fmt.Errorf("access log: %w", err)
	}
	_, err = f.Write(append(line, '\n'))
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return "", fmt.Errorf("access log: %w", err)
	}
	return name, nil
}
