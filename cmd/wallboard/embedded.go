package main

import (
	"wallboard/feed/embed"
	"wallboard/feed/natsfeed"
)

// embedded is a NATS server on loopback inside this program, with a connection
// that speaks to it and one that listens.
type embedded struct {
	server            *embed.Server
	speaker, listener *natsfeed.Conn
}

// startEmbedded starts the server with an empty stream in files, so that it
// survives being taken away. port 0 is any free one.
func (p *program) startEmbedded(name string, port int) (*embedded, error) {
	stream := natsfeed.FloorStream(natsfeed.DefaultStream)
	server, err := embed.Start(embed.Options{Port: port, Storage: embed.File, Stream: &stream})
	if err != nil {
		return nil, err
	}
	e := &embedded{server: server}
	for _, c := range []struct {
		conn **natsfeed.Conn
		name string
	}{{&e.speaker, name + " speaker"}, {&e.listener, name}} {
		if *c.conn, err = natsfeed.Connect(natsfeed.Options{Server: server.ClientURL(), Name: c.name, Getenv: p.getenv}); err != nil {
			e.close()
			return nil, err
		}
	}
	return e, nil
}

func (e *embedded) close() {
	for _, c := range []*natsfeed.Conn{e.listener, e.speaker} {
		if c != nil {
			c.Close()
		}
	}
	e.server.Shutdown()
}
